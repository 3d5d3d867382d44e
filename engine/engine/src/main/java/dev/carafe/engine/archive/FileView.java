package dev.carafe.engine.archive;

import dev.carafe.engine.container.Container;
import dev.carafe.engine.container.ContainerRecord;
import dev.carafe.engine.container.LiveOwners;
import dev.carafe.engine.container.LiveRoot;
import dev.carafe.engine.container.MountSources;
import dev.carafe.engine.container.Rooms;
import dev.carafe.engine.container.RootMounts;
import dev.carafe.engine.container.VolumeSources;
import dev.carafe.engine.spec.PlannedMount;
import dev.carafe.engine.volumes.OpenedMounts;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Mounts;
import dev.carafe.linux.Namespaces;
import dev.carafe.snapshots.OwnerMap;
import dev.carafe.snapshots.RootMount;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A container's files as one tree: its root with its volumes and binds mounted in it, in a mount
/// namespace that ends with the work. As Docker's, without the file systems that only processes in
/// it see: /proc, /sys, /dev and every tmpfs.
public final class FileView {
    private final Rooms rooms;
    private final VolumeSources volumes;

    public FileView(Rooms rooms) {
        this.rooms = rooms;
        this.volumes = new VolumeSources(rooms);
    }

    /// Runs work that reads.
    ///
    /// @throws dev.carafe.base.NotFound when the container has just been removed
    public <T extends @Nullable Object> T read(Container container, Function<ViewRoot, T> work) {
        Optional<RootMount> live = LiveRoot.of(container);
        try (RootMount root =
                live.isPresent() ? live.get() : container.whileLocked(() -> atRest(container))) {
            OwnerMap owners = live.isPresent() ? LiveOwners.of(container) : OwnerMap.NONE;
            return inNamespace(container, root, owners, work);
        }
    }

    /// Runs work that writes. A container that does not run is kept from starting meanwhile: its
    /// processes would not see all that is written.
    public <T extends @Nullable Object> T write(Container container, Function<ViewRoot, T> work) {
        Optional<RootMount> live = LiveRoot.of(container);
        if (live.isPresent()) {
            try (RootMount root = live.get()) {
                return inNamespace(container, root, LiveOwners.of(container), work);
            }
        }
        return container.whileLocked(() -> read(container, work));
    }

    /// The lock is held: the state can't change.
    private RootMount atRest(Container container) {
        Optional<RootMount> live = LiveRoot.of(container);
        if (live.isPresent()) {
            return live.get();
        }
        RootMount root = rooms.snapshots().mount(container.id());
        try (OpenedMounts mounts = volumes.open(container.record())) {
            MountSources.prepare(mounts.mounts(), root.mount());
        } catch (RuntimeException e) {
            root.close();
            throw e;
        }
        return root;
    }

    /// User namespaces for the owners that mounts show, made ahead: each takes a process.
    private Map<OwnerMap, Fd> idMaps(ContainerRecord record, OwnerMap owners) {
        // at rest the root shows the owners of inside, and a map to those of the host does not fit
        boolean fits = owners.equals(rooms.defaults().ownersOf(record.host()));
        Map<OwnerMap, Fd> all = new HashMap<>();
        for (PlannedMount mount : record.mounts()) {
            boolean asked = mount.idmap() != null;
            if ((fits || !asked) && !mount.owners(owners).equals(OwnerMap.NONE)) {
                all.computeIfAbsent(
                        mount.owners(owners),
                        shown ->
                                asked
                                        ? RootMounts.idMapsAsAsked(rooms.runtime(), shown)
                                        : RootMounts.idMaps(rooms.runtime(), shown));
            }
        }
        return all;
    }

    private <T extends @Nullable Object> T inNamespace(
            Container container, RootMount root, OwnerMap owners, Function<ViewRoot, T> work) {
        Map<OwnerMap, Fd> idMaps = idMaps(container.record(), owners);
        String place = rooms.files().folder(container.id()).toString();
        return Namespaces.inNewMountNamespace(() -> {
            try (OpenedMounts opened = volumes.open(container.record(), owners);
                    ViewMounts mounts =
                            ViewMounts.of(
                                    container.record(),
                                    opened.mounts(),
                                    rooms.files(),
                                    owners,
                                    idMaps)) {
                Mounts.moveMount(root.mount(), "", Fd.CWD, place, Mounts.MOVE_MOUNT_F_EMPTY_PATH);
                mounts.attachTo(root.mount());
                return work.apply(
                        new ViewRoot(
                                root.mount(),
                                container.record().host().security().readonlyRootfs(),
                                owners,
                                mounts.readOnlyMountIds()));
            }
        });
    }
}
