package dev.carafe.engine.volumes;

import dev.carafe.base.CarafeException;
import dev.carafe.base.Conflict;
import dev.carafe.base.DurableFile;
import dev.carafe.base.Ids;
import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.base.json.JsonText;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.snapshots.SizeLimit;
import dev.carafe.snapshots.tree.TreeRemover;
import io.avaje.json.JsonException;
import io.avaje.jsonb.JsonType;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All volumes of an engine: `<data-root>/volumes/<name>/_data` and a description beside it.
/// Thread-safe.
public final class Volumes {
    private static final System.Logger LOG = System.getLogger(Volumes.class.getName());
    private static final String DESCRIPTION = "volume.json";

    /// Begins the names of folders on their way out: that of no volume does.
    private static final String REMOVED = ".removed-";

    private static final String NAME = "[a-zA-Z0-9][a-zA-Z0-9_.-]*";
    private static final JsonType<Volume> TYPE =
            Jsonb.builder().adapter(JsonText.stream()).build().type(Volume.class);
    private final Path root;
    private final VolumeEvents events;

    public Volumes(Path root, VolumeEvents events) {
        this.root = root;
        this.events = events;
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw failed("make the folder of volumes", e);
        }
        List<String> left = cutShort();
        if (!left.isEmpty()) {
            Thread.ofPlatform().daemon().name("carafe-volumes").start(() -> finish(left));
        }
    }

    /// Removals that an end of the daemon cut short.
    private List<String> cutShort() {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.map(p -> p.getFileName().toString())
                    .filter(name -> name.startsWith(REMOVED))
                    .toList();
        } catch (IOException e) {
            throw failed("look for removed volumes", e);
        }
    }

    private void finish(List<String> removals) {
        try {
            removals.forEach(this::removeTree);
        } catch (CarafeException e) {
            LOG.log(Level.WARNING, "could not finish the removal of volumes: {0}", e.getMessage());
        }
    }

    /// Oldest name first.
    public List<Volume> list() {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.map(p -> find(p.getFileName().toString()))
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparing(Volume::name))
                    .toList();
        } catch (IOException e) {
            throw failed("list volumes", e);
        }
    }

    /// @throws NotFound `get x: no such volume`
    public Volume get(String name) {
        return find(name)
                .orElseThrow(() ->
                        new NotFound(
                                new Subject("volume", name), "get " + name + ": no such volume"));
    }

    /// The volume of this name, made if it is not there; with null or an empty name a new anonymous
    /// one.
    ///
    /// @throws InvalidArgument the name or driver can't be
    public synchronized Volume create(
            @Nullable String asked,
            String driver,
            Map<String, String> labels,
            Map<String, String> options) {
        if (!driver.isEmpty() && !driver.equals("local")) {
            throw new NotFound(
                    new Subject("volume driver", driver),
                    "error looking up volume plugin "
                            + driver
                            + ": plugin \""
                            + driver
                            + "\" not found");
        }
        String name = asked == null || asked.isEmpty() ? Ids.random() : asked;
        boolean anonymous = !name.equals(asked);
        if (!name.matches(NAME)) {
            throw new InvalidArgument(
                    new Subject("volume", name),
                    "create "
                            + name
                            + ": \""
                            + name
                            + "\" includes invalid characters for a local volume name, only "
                            + "\"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed. If you intended to pass a host directory, use absolute path");
        }
        Optional<Volume> there = find(name);
        if (there.isPresent()) {
            return there.get();
        }
        LocalOptions.check(name, options, () -> SizeLimit.isPossible(root));
        Volume volume =
                new Volume(
                        name,
                        "local",
                        Instant.now(),
                        Map.copyOf(labels),
                        Map.copyOf(options),
                        anonymous);
        try {
            Files.createDirectories(data(name));
            bound(volume);
            DurableFile.write(root.resolve(name).resolve(DESCRIPTION), TYPE.toJsonBytes(volume));
            DurableFile.syncFolder(root);
        } catch (IOException e) {
            throw failed("make volume " + name, e);
        }
        events.created(volume);
        return volume;
    }

    /// @param users who mounts it: ids of containers
    /// @throws Conflict it is in use
    public synchronized void remove(
            String name, boolean force, Function<String, List<String>> users) {
        if (find(name).isEmpty() && force) {
            return;
        }
        Volume volume = get(name);
        List<String> using = users.apply(name);
        if (!using.isEmpty()) {
            throw new Conflict(
                    new Subject("volume", name),
                    "remove " + name + ": volume is in use - " + using);
        }
        try {
            String gone = REMOVED + Ids.random();
            Files.move(root.resolve(name), root.resolve(gone), StandardCopyOption.ATOMIC_MOVE);
            DurableFile.syncFolder(root);
            removeTree(gone);
        } catch (IOException e) {
            throw failed("remove volume " + name, e);
        }
        events.destroyed(volume);
    }

    /// Where its data lies on the host.
    public Path data(String name) {
        return root.resolve(name).resolve("_data");
    }

    /// Empty too for what can be no name: it must not lead out of the folder of volumes.
    Optional<Volume> find(String name) {
        if (!name.matches(NAME)) {
            return Optional.empty();
        }
        try {
            return DurableFile.read(root.resolve(name).resolve(DESCRIPTION)).map(TYPE::fromJson);
        } catch (IOException | JsonException e) {
            throw new Internal(
                    new Subject("volume", name), "read volume " + name + ": " + e.getMessage(), e);
        }
    }

    /// Its folder has the size that its options ask for; made so again when the file system was
    /// mounted without quotas meanwhile, or copied to another one.
    ///
    /// @throws InvalidArgument with Docker's sentence when that can't be
    void bound(Volume volume) {
        long bytes = LocalOptions.of(volume.options()).sizeBytes();
        Path data = data(volume.name());
        if (bytes == 0) {
            return;
        }
        if (!SizeLimit.isPossible(data)) {
            throw new InvalidArgument(
                    new Subject("volume", volume.name()),
                    "error while mounting volume '" + data + "': " + LocalOptions.NO_QUOTAS);
        }
        try {
            if (SizeLimit.of(data) == 0) {
                SizeLimit.set(List.of(data), bytes);
            }
        } catch (ErrnoException e) {
            throw failed("bound volume " + volume.name(), e);
        }
    }

    /// Whatever containers made of it; nothing when it is not there.
    private void removeTree(String name) {
        try (Fd folder =
                FileSystem.open(root.toString(), FileSystem.O_RDONLY | FileSystem.O_DIRECTORY)) {
            Runnable release = SizeLimit.release(folder, Path.of(name, "_data"));
            TreeRemover.remove(folder, name);
            release.run();
        } catch (ErrnoException e) {
            throw failed("remove the data of volume " + name, e);
        }
    }

    private static Internal failed(String what, Exception e) {
        return new Internal(Subject.NONE, what + ": " + e.getMessage(), e);
    }
}
