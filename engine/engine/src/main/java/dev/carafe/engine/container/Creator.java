package dev.carafe.engine.container;

import dev.carafe.base.Aside;
import dev.carafe.base.DurableFile;
import dev.carafe.base.Ids;
import dev.carafe.base.Undo;
import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.NetworkingConfig;
import dev.carafe.engine.spec.PlannedMount;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.images.Image;
import dev.carafe.oci.RunConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes a container: name, writable layer, folder, durable record; each with its undo.
public final class Creator {
    private final Rooms rooms;
    private final ContainerEvents events;
    private final ContainerFactory factory;
    private final ImageMounts images;
    private final FirstContents contents;

    Creator(Rooms rooms, ContainerEvents events, ContainerFactory factory) {
        this.rooms = rooms;
        this.images = new ImageMounts(rooms);
        this.contents = new FirstContents(rooms);
        this.events = events;
        this.factory = factory;
    }

    private long rootSize(HostConfig host) {
        long asked = RootSize.bytes(host.storage());
        return asked == 0 ? rooms.defaults().rootSizeBytes() : asked;
    }

    /// What a container is called.
    ///
    /// @param id nothing has it: {@link Ids#random}
    /// @param name null: one is made up
    public record Identity(String id, @Nullable String name) {
        public static Identity named(@Nullable String name) {
            return new Identity(Ids.random(), name);
        }
    }

    /// @param config with the image's values
    /// @throws dev.carafe.base.Conflict the name is taken
    public Container create(
            Identity identity,
            Image image,
            ContainerConfig config,
            HostConfig host,
            NetworkingConfig networking,
            List<PlannedMount> mounts) {
        String id = identity.id();
        try (Undo undo = new Undo()) {
            String name = rooms.containers().reserve(identity.name(), id);
            undo.push(() -> rooms.containers().release(name, id));
            Aside<Boolean> root = Aside.start(() -> prepareRoot(id, image, rootSize(host)));
            undo.push(() -> {
                root.settle();
                rooms.snapshots().discard(id);
            });
            images.prepare(id, mounts, undo);
            Files.createDirectory(rooms.files().folder(id));
            undo.push(() -> FileTrees.delete(rooms.files().folder(id)));
            ContainerRecord record = record(id, name, image, config, host, networking, mounts);
            rooms.files().save(record);
            DurableFile.syncFolder(rooms.files().folder(id).resolve(".."));
            root.await();
            contents.make(id, mounts, newWorkingDir(image, config));
            Container container = factory.of(record);
            rooms.containers().add(container);
            undo.keep();
            events.publish(record, "create");
            return container;
        } catch (IOException e) {
            throw ContainerFiles.failed("make container", id, e);
        }
    }

    private ContainerRecord record(
            String id,
            String name,
            Image image,
            ContainerConfig config,
            HostConfig host,
            NetworkingConfig networking,
            List<PlannedMount> mounts) {
        String hostname = hostname(config, host, id);
        return new ContainerRecord(
                ContainerRecord.VERSION,
                id,
                name,
                Instant.now(),
                image.id().toString(),
                image.sizeBytes(),
                "linux",
                config.withHostname(hostname),
                host,
                Memberships.of(config, host, networking, rooms.networks()),
                hostname,
                mounts,
                StoredState.of(new ContainerState.Created()),
                0,
                false,
                null,
                0,
                null,
                false);
    }

    /// Null for none, and for the image's own.
    private static @Nullable String newWorkingDir(Image image, ContainerConfig config) {
        RunConfig run = image.config().config();
        String asked = config.workingDir();
        return asked == null || asked.isEmpty() || run != null && asked.equals(run.workingDir())
                ? null
                : asked;
    }

    /// @param bytes that it may take; 0: as much as there is
    private void prepareRoot(String id, Image image, long bytes) {
        rooms.snapshots().prepareWithPlaces(id, image.top());
        if (bytes > 0) {
            rooms.snapshots().bound(id, bytes);
        }
    }

    private String hostname(ContainerConfig config, HostConfig host, String id) {
        if (!config.hostname().isEmpty()) {
            return config.hostname();
        }
        String other = ContainerRecord.sharedWith(host.network().mode());
        Optional<Container> donor =
                other == null ? Optional.empty() : rooms.containers().find(other);
        if (donor.isPresent()) {
            return donor.get().record().hostname();
        }
        boolean hosts =
                host.network().mode().equals("host") || host.namespaces().uts().equals("host");
        return hosts ? hostsName() : Ids.shortId(id);
    }

    private static String hostsName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }
}
