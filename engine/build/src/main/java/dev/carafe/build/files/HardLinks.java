package dev.carafe.build.files;

import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Stat;
import java.util.HashMap;
import java.util.Map;

/// The names of files that one copied tree has several of: such files are copied once and linked,
/// as BuildKit and archives do.
final class HardLinks {
    private static final int DIRECTORY = FileSystem.O_RDONLY | FileSystem.O_DIRECTORY;

    /// Nothing that was there before leads a copy's own path elsewhere.
    private static final int STRICT = FileSystem.RESOLVE_BENEATH | FileSystem.RESOLVE_NO_SYMLINKS;

    private record File(int major, int minor, long inode) {
        static File of(Stat stat) {
            return new File(stat.devMajor(), stat.devMinor(), stat.inode());
        }
    }

    private final Fd top;
    private final Map<File, String> copies = new HashMap<>();

    /// @param top of the tree that is written
    HardLinks(Fd top) {
        this.top = top;
    }

    private static boolean isOne(Stat stat) {
        return stat.isRegular() && stat.links() > 1;
    }

    /// Makes a name for what was copied already.
    ///
    /// @param stat of the source
    /// @return whether there is a copy
    boolean link(Stat stat, Fd to, String name) {
        String copy = isOne(stat) ? copies.get(File.of(stat)) : null;
        if (copy == null) {
            return false;
        }
        String parent = Paths.parent(copy);
        try (Fd dir =
                FileSystem.openat2(top, parent.isEmpty() ? "." : parent, DIRECTORY, 0, STRICT)) {
            FileSystem.linkat(dir, Paths.name(copy), to, name, 0);
            return true;
        }
    }

    /// @param stat of the source
    /// @param path of the copy, from the top
    void copied(Stat stat, String path) {
        if (isOne(stat)) {
            copies.put(File.of(stat), path);
        }
    }
}
