package dev.carafe.engine.container;

import dev.carafe.base.DataLoss;
import dev.carafe.base.DurableFile;
import dev.carafe.base.Internal;
import dev.carafe.base.LatestLine;
import dev.carafe.base.Subject;
import dev.carafe.base.json.JsonText;
import io.avaje.json.JsonException;
import io.avaje.jsonb.JsonType;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where containers keep their files: `<data-root>/containers/<id>/` what survives,
/// `<exec-root>/containers/<id>/` what a reboot may take.
public final class ContainerFiles {
    private static final String RECORD = "container.jsonl";

    /// Of versions before 0.1.0: the record alone.
    private static final String OLD_RECORD = "container.json";

    /// A record of a container that is removed, until its folder goes.
    private static final String REMOVED = "removed.jsonl";

    private static final String EXECS = ".execs";
    private static final String HOSTNAME = ".hostname";
    private static final String HOSTS = ".hosts";
    private static final String RESOLV_CONF = ".resolv.conf";
    private static final JsonType<ContainerRecord> TYPE =
            Jsonb.builder().adapter(JsonText.stream()).build().type(ContainerRecord.class);
    private final Path data;
    private final Path run;

    public ContainerFiles(Path dataRoot, Path execRoot) {
        data = dataRoot.resolve("containers");
        run = execRoot.resolve("containers");
        try {
            Files.createDirectories(data);
            Files.createDirectories(run);
        } catch (IOException e) {
            throw failed("make the folders of containers", "", e);
        }
    }

    /// Where the folders of all containers are.
    public Path root() {
        return data;
    }

    public Path folder(String id) {
        return data.resolve(id);
    }

    /// The runtime's own folder.
    public Path runDir(String id) {
        return run.resolve(id);
    }

    public Path execRunDir(String id, String execId) {
        return execsDir(id).resolve(execId);
    }

    public Path execsDir(String id) {
        return run.resolve(id + EXECS);
    }

    /// The files of names, which each start makes anew. Beside the run folder, which ends with a
    /// run.
    public Path hostname(String id) {
        return run.resolve(id + HOSTNAME);
    }

    public Path hosts(String id) {
        return run.resolve(id + HOSTS);
    }

    public Path resolvConf(String id) {
        return run.resolve(id + RESOLV_CONF);
    }

    /// All that a container can have, its own folder last: while that is there, the next start of
    /// the daemon knows of the others.
    List<Path> all(String id) {
        return List.of(
                runDir(id), execsDir(id), hostname(id), hosts(id), resolvConf(id), folder(id));
    }

    void save(ContainerRecord record) {
        try {
            LatestLine.write(folder(record.id()).resolve(RECORD), TYPE.toJsonBytes(record));
        } catch (IOException e) {
            throw failed("save the state of container", record.id(), e);
        }
    }

    /// From now on the container was never there. Its record is renamed only: to give the file's
    /// blocks back takes longer, and nobody waits for that.
    void forget(String id) {
        try {
            Path old = folder(id).resolve(OLD_RECORD);
            if (Files.exists(old)) {
                DurableFile.delete(old);
            }
            DurableFile.rename(folder(id).resolve(RECORD), REMOVED);
        } catch (IOException e) {
            throw failed("remove container", id, e);
        }
    }

    /// Ids of all that have a folder, also half-made ones.
    List<String> ids() {
        try (Stream<Path> folders = Files.list(data)) {
            return folders.map(p -> p.getFileName().toString()).toList();
        } catch (IOException e) {
            throw failed("list containers", "", e);
        }
    }

    /// Ids that have something under the exec root.
    List<String> runIds() {
        try (Stream<Path> folders = Files.list(run)) {
            return folders.map(p -> p.getFileName().toString())
                    .filter(n -> n.indexOf('.') < 0)
                    .toList();
        } catch (IOException e) {
            throw failed("list running containers", "", e);
        }
    }

    /// Empty when the container was never made whole.
    ///
    /// @throws DataLoss when the file is damaged or of a newer version
    Optional<ContainerRecord> read(String id) {
        try {
            Optional<byte[]> bytes = LatestLine.read(folder(id).resolve(RECORD));
            if (bytes.isEmpty()) {
                bytes = DurableFile.read(folder(id).resolve(OLD_RECORD));
            }
            if (bytes.isEmpty()) {
                return Optional.empty();
            }
            ContainerRecord record = TYPE.fromJson(bytes.get());
            if (record == null || record.version() > ContainerRecord.VERSION) {
                throw new DataLoss(
                        new Subject("container", id),
                        "container " + id + " was written by a newer version");
            }
            return Optional.of(record);
        } catch (IOException e) {
            throw failed("read the state of container", id, e);
        } catch (JsonException | IllegalStateException | NullPointerException e) {
            throw new DataLoss(
                    new Subject("container", id),
                    "the state of container " + id + " is damaged",
                    e);
        }
    }

    static Internal failed(String what, String id, IOException e) {
        return new Internal(
                new Subject("container", id), what + " " + id + ": " + e.getMessage(), e);
    }
}
