package dev.carafe.snapshots.tree;

import dev.carafe.linux.Directories;
import dev.carafe.linux.DirectoryEntry;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// Removes a tree, whatever a container made of it: no symlink is followed, and no depth is too
/// deep (what lies deeper than a bound is first moved up). Nobody may add to the tree meanwhile.
public final class TreeRemover {
    private static final int DEEPEST = 200;
    private static final int OPEN =
            FileSystem.O_RDONLY | FileSystem.O_DIRECTORY | FileSystem.O_NOFOLLOW;

    private final Fd top;
    private final BooleanSupplier stopped;
    private final Deque<String> names = new ArrayDeque<>();

    private TreeRemover(Fd top, BooleanSupplier stopped) {
        this.top = top;
        this.stopped = stopped;
    }

    /// Removes `name` from the open directory.
    ///
    /// @param stopped asked between any two files; true ends the work early
    /// @return false when it was ended early
    public static boolean remove(Fd top, String name, BooleanSupplier stopped) {
        TreeRemover remover = new TreeRemover(top, stopped);
        remover.names.add(name);
        while (!remover.names.isEmpty()) {
            if (!remover.remove(top, remover.names.removeLast(), false, 0)) {
                return false;
            }
        }
        return true;
    }

    /// Removes all of it.
    public static void remove(Fd top, String name) {
        remove(top, name, () -> false);
    }

    private boolean remove(Fd dir, String name, boolean isDirectory, int depth) {
        if (stopped.getAsBoolean()) {
            return false;
        }
        if (!isDirectory && unlink(dir, name)) {
            return true;
        }
        if (depth == DEEPEST) {
            String moved = UUID.randomUUID().toString();
            FileSystem.renameat2(dir, name, top, moved, FileSystem.RENAME_NOREPLACE);
            names.add(moved);
            return true;
        }
        try (Fd fd = FileSystem.openat(dir, name, OPEN, 0)) {
            for (DirectoryEntry entry : Directories.list(fd)) {
                if (!remove(fd, entry.name(), entry.isDirectory(), depth + 1)) {
                    return false;
                }
            }
        }
        FileSystem.unlinkat(dir, name, FileSystem.AT_REMOVEDIR);
        return true;
    }

    // false for a directory
    private static boolean unlink(Fd dir, String name) {
        try {
            FileSystem.unlinkat(dir, name, 0);
            return true;
        } catch (ErrnoException e) {
            switch (e.errno()) {
                case Errno.EISDIR -> {
                    return false;
                }
                case Errno.ENOENT -> {
                    return true;
                }
                default -> throw e;
            }
        }
    }
}
