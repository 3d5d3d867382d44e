package dev.carafe.snapshots;

import dev.carafe.linux.Fd;
import dev.carafe.linux.Mounts;
import java.nio.file.Path;

/// The store seen with the owners of a user namespace: the same directories, through an idmapped
/// mount that is in no mount table. An overlay over them has those owners, and what is written to
/// it lies on the disk with the image's.
final class IdmappedDirs implements AutoCloseable {
    private final Path root;
    private final Fd tree;

    /// @param root of the store
    /// @throws dev.carafe.linux.ErrnoException EINVAL on a file system without idmapped mounts
    IdmappedDirs(Path root, Fd userns) {
        this.root = root;
        this.tree = Mounts.openTree(Fd.CWD, root.toString(), Mounts.OPEN_TREE_CLONE);
        try {
            Mounts.mountSetattr(
                    tree, "", Mounts.AT_EMPTY_PATH, Mounts.MOUNT_ATTR_IDMAP, 0, 0, userns);
        } catch (RuntimeException e) {
            tree.close();
            throw e;
        }
    }

    OverlayDirs of(OverlayDirs dirs) {
        return new OverlayDirs(
                dirs.lower().stream().map(this::through).toList(),
                through(dirs.upper()),
                through(dirs.work()));
    }

    private Path through(Path path) {
        return Path.of(tree.procPath().toString()).resolve(root.relativize(path));
    }

    @Override
    public void close() {
        tree.close();
    }
}
