package dev.carafe.engine.container;

import dev.carafe.engine.spec.PlannedMount;
import dev.carafe.engine.volumes.OpenedMounts;
import dev.carafe.linux.Fd;
import dev.carafe.snapshots.OwnerMap;
import java.util.Optional;

/// Opens what containers mount: volumes, and images. A file system that a volume's options name
/// exists once for all who use it at the same time: the next container takes it over from one that
/// runs.
public final class VolumeSources {
    private final Rooms rooms;
    private final ImageMounts images;

    public VolumeSources(Rooms rooms) {
        this.rooms = rooms;
        this.images = new ImageMounts(rooms);
    }

    /// The caller closes them when they are mounted.
    ///
    /// @throws dev.carafe.base.InvalidArgument with Docker's sentence when one can't be had
    public OpenedMounts open(ContainerRecord record) {
        return open(record, rooms.defaults().ownersOf(record.host()));
    }

    /// The same, with images that show these owners.
    public OpenedMounts open(ContainerRecord record, OwnerMap owners) {
        return OpenedMounts.open(
                record.mounts(),
                rooms.volumes(),
                this::live,
                mount -> images.mount(record.id(), mount, owners).mount());
    }

    private Optional<Fd> live(String volume) {
        for (Container container : rooms.containers().all()) {
            for (PlannedMount mount : container.record().mounts()) {
                if (mount.isVolume() && mount.name().equals(volume) && mount.subpath() == null) {
                    Optional<Fd> tree = LiveRoot.mountAt(container, mount.destination());
                    if (tree.isPresent()) {
                        return tree;
                    }
                }
            }
        }
        return Optional.empty();
    }
}
