package dev.carafe.engine.volumes;

import dev.carafe.base.Conflict;
import dev.carafe.base.DurableFile;
import dev.carafe.base.Ids;
import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import io.avaje.json.JsonException;
import io.avaje.jsonb.JsonType;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
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
    private static final String DESCRIPTION = "volume.json";
    private static final String NAME = "[a-zA-Z0-9][a-zA-Z0-9_.-]*";
    private static final JsonType<Volume> TYPE = Jsonb.builder().build().type(Volume.class);
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
        LocalOptions.check(name, options);
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
            DurableFile.delete(root.resolve(name).resolve(DESCRIPTION));
            deleteTree(root.resolve(name));
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

    private static void deleteTree(Path folder) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path dir, @Nullable IOException failure) throws IOException {
                        Files.delete(dir);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static Internal failed(String what, IOException e) {
        return new Internal(Subject.NONE, what + ": " + e.getMessage(), e);
    }
}
