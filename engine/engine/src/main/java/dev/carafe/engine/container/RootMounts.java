package dev.carafe.engine.container;

import dev.carafe.base.CarafeException;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.engine.spec.IdMaps;
import dev.carafe.engine.spec.PlannedMount;
import dev.carafe.linux.Fd;
import dev.carafe.runtime.ContainerRuntime;
import dev.carafe.runtime.StartFailed;
import dev.carafe.snapshots.OwnerMap;
import dev.carafe.snapshots.RootMount;
import dev.carafe.snapshots.Snapshotter;
import java.util.List;

/// Mounts a container's root for its start, with the owners of its user namespace where it has one.
public final class RootMounts {
    private static final String PROBE = "userns-probe";

    private final Rooms rooms;

    RootMounts(Rooms rooms) {
        this.rooms = rooms;
    }

    /// The root, and what its mounts come from is there: folders, first contents of volumes.
    ///
    /// @param mounts with sources that can be mounted
    RootMount prepare(ContainerRecord record, List<PlannedMount> mounts) {
        OwnerMap owners = rooms.defaults().ownersOf(record.host());
        if (owners.equals(OwnerMap.NONE)) {
            return filling(rooms.snapshots().mount(record.id()), mounts);
        }
        // volumes lie on the disk with the owners of the image: they are filled from a root that
        // shows those, and that is gone before the other one is made over the same directories
        filling(rooms.snapshots().mount(record.id()), mounts).close();
        return rooms.snapshots().mount(record.id(), idMaps(rooms.runtime(), owners));
    }

    /// Finds out whether containers can have these owners at all.
    ///
    /// @throws InvalidArgument saying what that takes
    public static void probe(Snapshotter snapshots, ContainerRuntime runtime, OwnerMap owners) {
        if (owners.equals(OwnerMap.NONE)) {
            return;
        }
        try {
            snapshots.discard(PROBE);
            snapshots.prepare(PROBE, null);
            snapshots.mount(PROBE, idMaps(runtime, owners)).close();
        } catch (CarafeException | StartFailed e) {
            throw new InvalidArgument(
                    Subject.NONE,
                    "userns-remap needs Linux 6.15 with user namespaces, and a data root on a file"
                            + " system with idmapped mounts, as ext4, xfs and btrfs have them: "
                            + e.getMessage(),
                    e);
        } finally {
            snapshots.discard(PROBE);
        }
    }

    /// A user namespace with these owners for idmapped mounts; the runtime's.
    public static Fd idMaps(ContainerRuntime runtime, OwnerMap owners) {
        return runtime.userNamespace(
                IdMaps.ofMounts(owners.users()), IdMaps.ofMounts(owners.groups()));
    }

    /// The same for a mount that is nobody's overlay: with these owners and no others.
    public static Fd idMapsAsAsked(ContainerRuntime runtime, OwnerMap owners) {
        return runtime.userNamespace(
                IdMaps.ofContainer(owners.users()), IdMaps.ofContainer(owners.groups()));
    }

    private static RootMount filling(RootMount root, List<PlannedMount> mounts) {
        try {
            MountSources.prepare(mounts, root.mount());
            return root;
        } catch (RuntimeException e) {
            root.close();
            throw e;
        }
    }
}
