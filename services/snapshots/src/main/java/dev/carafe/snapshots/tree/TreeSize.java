package dev.carafe.snapshots.tree;

import dev.carafe.linux.Directories;
import dev.carafe.linux.DirectoryEntry;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Stat;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Adds up a tree as docker does: the lengths of all files, each inode once, directories not. No
/// depth is too deep: one directory at a time is open. The tree may change meanwhile, and its owner
/// is hostile: no symlink is followed, and where the way back up leads elsewhere than the way down,
/// the walk ends with what it has.
public final class TreeSize {
    private static final int OPEN =
            FileSystem.O_RDONLY | FileSystem.O_DIRECTORY | FileSystem.O_NOFOLLOW;

    private final Set<Long> linked = new HashSet<>();
    private final Deque<Level> above = new ArrayDeque<>();
    private long bytes;

    /// A directory on the way, and those in it that are still to be walked.
    private record Level(Stat stat, Deque<String> left) {}

    private TreeSize() {}

    /// Bytes below the open directory; files that vanish meanwhile do not count.
    public static long of(Fd dir) {
        TreeSize size = new TreeSize();
        size.walk(FileSystem.openat(dir, ".", OPEN, 0));
        return size.bytes;
    }

    private void walk(Fd top) {
        Fd here = top;
        try {
            above.push(new Level(FileSystem.fstat(here), look(here)));
            while (!above.isEmpty()) {
                String name = above.peek().left().poll();
                Optional<Fd> next = name == null ? up(here) : down(here, name);
                if (next.isPresent()) {
                    here.close();
                    here = next.get();
                }
            }
        } finally {
            here.close();
        }
    }

    /// Empty when the directory is gone or has become something else.
    private Optional<Fd> down(Fd here, String name) {
        try {
            Fd child = FileSystem.openat(here, name, OPEN, 0);
            above.push(new Level(FileSystem.fstat(child), look(child)));
            return Optional.of(child);
        } catch (ErrnoException e) {
            return switch (e.errno()) {
                case Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP -> Optional.empty();
                default -> throw e;
            };
        }
    }

    private Optional<Fd> up(Fd here) {
        above.pop();
        if (above.isEmpty()) {
            return Optional.empty();
        }
        Optional<Fd> parent = parent(here);
        if (parent.isEmpty() || !FileSystem.fstat(parent.get()).sameFile(above.peek().stat())) {
            above.clear();
        }
        return parent;
    }

    private static Optional<Fd> parent(Fd here) {
        try {
            return Optional.of(FileSystem.openat(here, "..", OPEN, 0));
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /// Adds the files of a directory.
    ///
    /// @return the directories in it
    private Deque<String> look(Fd dir) {
        Deque<String> directories = new ArrayDeque<>();
        for (DirectoryEntry entry : Directories.list(dir)) {
            Optional<Stat> found =
                    FileSystem.tryStat(dir, entry.name(), FileSystem.AT_SYMLINK_NOFOLLOW);
            if (found.isEmpty()) {
                continue;
            }
            Stat stat = found.get();
            if (stat.isDirectory()) {
                directories.add(entry.name());
            } else if (stat.links() == 1 || linked.add(stat.inode())) {
                bytes += stat.size();
            }
        }
        return directories;
    }
}
