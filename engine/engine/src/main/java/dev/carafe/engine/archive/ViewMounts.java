package dev.carafe.engine.archive;

import dev.carafe.engine.container.ContainerFiles;
import dev.carafe.engine.container.ContainerRecord;
import dev.carafe.engine.spec.PlannedMount;
import dev.carafe.engine.volumes.MountTree;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.LinkWalk;
import dev.carafe.linux.Mounts;
import dev.carafe.snapshots.OwnerMap;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is mounted in the view of one container: volumes, binds, and the engine's three files of
/// /etc. First taken as detached trees, then attached, parents before children.
final class ViewMounts implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ViewMounts.class.getName());
    private static final int DIRECTORY = FileSystem.O_PATH | FileSystem.O_DIRECTORY;

    private final List<Tree> trees = new ArrayList<>();
    private final Set<Long> readOnly = new HashSet<>();
    private final OwnerMap owners;
    private final Map<OwnerMap, Fd> idMaps;

    private record Tree(Fd fd, String destination, boolean writable) {}

    private ViewMounts(OwnerMap owners, Map<OwnerMap, Fd> idMaps) {
        this.owners = owners;
        this.idMaps = idMaps;
    }

    /// @param opened the record's mounts with sources that can be mounted
    /// @param owners that the root shows
    /// @param idMaps for each map of owners that a mount shows: a user namespace with it
    static ViewMounts of(
            ContainerRecord record,
            List<PlannedMount> opened,
            ContainerFiles files,
            OwnerMap owners,
            Map<OwnerMap, Fd> idMaps) {
        ViewMounts all = new ViewMounts(owners, idMaps);
        try {
            all.takeEtc(record, files);
            for (PlannedMount mount : opened) {
                if (!mount.isTmpfs()) {
                    all.take(mount);
                }
            }
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
        all.trees.sort(Comparator.comparingInt(t -> Path.of(t.destination()).getNameCount()));
        return all;
    }

    private void takeEtc(ContainerRecord record, ContainerFiles files) {
        String other = ContainerRecord.sharedWith(record.host().network().mode());
        String id = other == null ? record.id() : other;
        boolean writable = !record.host().security().readonlyRootfs();
        take(files.resolvConf(id), "/etc/resolv.conf", writable, record);
        take(files.hostname(id), "/etc/hostname", writable, record);
        take(files.hosts(id), "/etc/hosts", writable, record);
    }

    private void take(Path file, String destination, boolean writable, ContainerRecord record) {
        boolean asked = record.mounts().stream().anyMatch(m -> m.destination().equals(destination));
        if (!asked && Files.exists(file)) {
            trees.add(new Tree(MountTree.of(file, false), destination, writable));
        }
    }

    private void take(PlannedMount mount) {
        try {
            Fd tree = MountTree.of(mount);
            trees.add(new Tree(tree, mount.destination(), mount.writable()));
            Fd shown = idMaps.get(mount.owners(owners));
            if (shown != null) {
                Mounts.tryIdmap(tree, shown);
            }
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
            LOG.log(Level.DEBUG, "{0} is gone: {1} shows what is below", mount.source(), mount);
        }
    }

    void attachTo(Fd root) {
        MountTree.seal(root, false);
        for (Tree tree : trees) {
            MountTree.seal(tree.fd(), !tree.writable());
            try (Fd target = target(root, tree)) {
                Mounts.moveMount(
                        tree.fd(),
                        "",
                        target,
                        "",
                        Mounts.MOVE_MOUNT_F_EMPTY_PATH | Mounts.MOVE_MOUNT_T_EMPTY_PATH);
            }
            if (!tree.writable()) {
                readOnly.add(FileSystem.fstat(tree.fd()).mountId());
            }
        }
    }

    Set<Long> readOnlyMountIds() {
        return Set.copyOf(readOnly);
    }

    /// The place to mount it on, made if it is not there.
    private static Fd target(Fd root, Tree tree) {
        try {
            return FileSystem.openInRoot(root, tree.destination(), FileSystem.O_PATH, 0);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
        String place = LinkWalk.follow(root, tree.destination());
        int slash = place.lastIndexOf('/');
        try (Fd parent = directory(root, place.substring(0, slash))) {
            String name = place.substring(slash + 1);
            if (FileSystem.fstat(tree.fd()).isDirectory()) {
                make(parent, name);
            } else {
                int flags = FileSystem.O_CREAT | FileSystem.O_WRONLY | FileSystem.O_NOFOLLOW;
                FileSystem.openat(parent, name, flags, 0755).close();
            }
        }
        return FileSystem.openInRoot(root, place, FileSystem.O_PATH | FileSystem.O_NOFOLLOW, 0);
    }

    private static Fd directory(Fd root, String path) {
        try {
            return FileSystem.openInRoot(root, path.isEmpty() ? "/" : path, DIRECTORY, 0);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
        int slash = path.lastIndexOf('/');
        try (Fd parent = directory(root, path.substring(0, slash))) {
            make(parent, path.substring(slash + 1));
            return FileSystem.openat(
                    parent, path.substring(slash + 1), DIRECTORY | FileSystem.O_NOFOLLOW, 0);
        }
    }

    private static void make(Fd parent, String name) {
        try {
            FileSystem.mkdirat(parent, name, 0755);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        trees.forEach(t -> t.fd().close());
    }
}
