package dev.carafe.engine.archive;

import dev.carafe.base.InvalidArgument;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.LinkWalk;
import dev.carafe.snapshots.OwnerMap;
import java.util.Set;

/// The root of a {@link FileView} while work is done in it.
///
/// @param fd to resolve paths in, by RESOLVE_IN_ROOT only
/// @param readOnlyRoot what lies on the root itself must not be written
/// @param owners whom the files belong to as the host counts
/// @param readOnlyMounts ids of mounts that must not be written
public record ViewRoot(Fd fd, boolean readOnlyRoot, OwnerMap owners, Set<Long> readOnlyMounts) {
    /// What stands at the path, which may be relative to the root.
    ///
    /// @throws dev.carafe.linux.ErrnoException ENOENT, ENOTDIR
    public PathStat stat(String path) {
        String absolute = path.startsWith("/") ? path : "/" + path;
        try (Fd file =
                FileSystem.openInRoot(fd, absolute, FileSystem.O_PATH | FileSystem.O_NOFOLLOW, 0)) {
            var stat = FileSystem.fstat(file);
            return PathStat.of(
                    CopyPath.base(path),
                    stat,
                    stat.isSymlink() ? LinkWalk.follow(fd, absolute) : "");
        }
    }

    /// @throws InvalidArgument with Docker's sentence when the open directory is not to be written
    public void requireWritable(Fd directory) {
        long mount = FileSystem.fstat(directory).mountId();
        if (readOnlyMounts.contains(mount)) {
            throw readOnlyVolume();
        }
        if (readOnlyRoot && mount == FileSystem.fstat(fd).mountId()) {
            throw new InvalidArgument("container rootfs is marked read-only");
        }
    }

    static InvalidArgument readOnlyVolume() {
        return new InvalidArgument("mounted volume is marked read-only");
    }
}
