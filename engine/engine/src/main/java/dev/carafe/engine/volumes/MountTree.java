package dev.carafe.engine.volumes;

import dev.carafe.engine.spec.PlannedMount;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Mounts;
import java.nio.file.Path;

/// What a mount shows, as a detached tree that is in no mount table.
public final class MountTree {
    private MountTree() {}

    /// The tree of a bind mount or volume. The caller closes it.
    ///
    /// @throws ErrnoException ENOENT when its source is gone
    public static Fd of(PlannedMount mount) {
        return of(Path.of(mount.source()), mount.recursive());
    }

    public static Fd of(Path source, boolean recursive) {
        return Mounts.tree(source.toString(), recursive);
    }

    /// Takes the tree out of its peer group, so that nothing mounted in it is seen elsewhere, and
    /// makes it read-only where asked.
    public static void seal(Fd tree, boolean readOnly) {
        try {
            Mounts.mountSetattr(
                    tree,
                    "",
                    Mounts.AT_EMPTY_PATH | Mounts.AT_RECURSIVE,
                    readOnly ? Mounts.MOUNT_ATTR_RDONLY : 0,
                    0,
                    Mounts.MS_PRIVATE,
                    null);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOSYS) {
                throw e;
            }
            sealBefore512(tree, readOnly);
        }
    }

    /// Kernels without mount_setattr(2) can do it only to what is attached, and not recursively.
    private static void sealBefore512(Fd tree, boolean readOnly) {
        String path = tree.procPath().toString();
        Mounts.mount(null, path, null, Mounts.MS_REC | Mounts.MS_PRIVATE, null);
        if (readOnly) {
            Mounts.mount(
                    null, path, null, Mounts.MS_REMOUNT | Mounts.MS_BIND | Mounts.MS_RDONLY, null);
        }
    }
}
