package dev.carafe.snapshots.tree;

import dev.carafe.linux.Directories;
import dev.carafe.linux.DirectoryEntry;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Stat;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Adds up a tree as docker does: the lengths of all files, each inode once, directories not.
public final class TreeSize {
    private static final int OPEN =
            FileSystem.O_RDONLY | FileSystem.O_DIRECTORY | FileSystem.O_NOFOLLOW;

    private final Set<Long> linked = new HashSet<>();
    private long bytes;

    private TreeSize() {}

    /// Bytes below the open directory; files that vanish meanwhile do not count.
    public static long of(Fd dir) {
        TreeSize size = new TreeSize();
        size.add(dir);
        return size.bytes;
    }

    private void add(Fd dir) {
        for (DirectoryEntry entry : Directories.list(dir)) {
            Optional<Stat> found =
                    FileSystem.tryStat(dir, entry.name(), FileSystem.AT_SYMLINK_NOFOLLOW);
            if (found.isEmpty()) {
                continue;
            }
            Stat stat = found.get();
            if (stat.isDirectory()) {
                try (Fd child = FileSystem.openat(dir, entry.name(), OPEN, 0)) {
                    add(child);
                }
            } else if (stat.links() == 1 || linked.add(stat.inode())) {
                bytes += stat.size();
            }
        }
    }
}
