package dev.carafe.build.files;

import dev.carafe.base.InvalidArgument;
import dev.carafe.linux.Directories;
import dev.carafe.linux.DirectoryEntry;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileContent;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Stat;
import dev.carafe.linux.Xattrs;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Copies files and directories with modes, times, owners and attributes, from descriptor to
/// descriptor.
final class TreeCopy {
    private static final int OPEN_DIRECTORY =
            FileSystem.O_RDONLY | FileSystem.O_DIRECTORY | FileSystem.O_NOFOLLOW;
    private static final int OPEN_FILE =
            FileSystem.O_RDONLY | FileSystem.O_NOFOLLOW | FileSystem.O_NONBLOCK;
    private static final int MAKE = FileSystem.O_CREAT | FileSystem.O_EXCL | FileSystem.O_WRONLY;
    private static final int MAX_DEPTH = 512;
    private static final int PIECE = 1 << 30;

    private final Selection selection;
    private final @Nullable Chown owner;
    private final @Nullable Chmod mode;
    private final FileBytes bytes = new FileBytes();
    private boolean byKernel = true;

    /// @param owner null keeps owners
    /// @param mode null keeps modes
    TreeCopy(Selection selection, @Nullable Chown owner, @Nullable Chmod mode) {
        this.selection = selection;
        this.owner = owner;
        this.mode = mode;
    }

    static void checkDepth(String path, int depth) {
        if (depth > MAX_DEPTH) {
            throw new InvalidArgument("the directory lies too deep: " + path);
        }
    }

    /// What is in `from`, into `to`.
    void children(Fd from, Fd to) {
        children(from, to, "", 0, new HardLinks(to));
    }

    private void children(Fd from, Fd to, String prefix, int depth, HardLinks links) {
        checkDepth(prefix, depth);
        List<String> names =
                Directories.list(from).stream()
                        .map(DirectoryEntry::name)
                        .sorted(Comparator.naturalOrder())
                        .toList();
        for (String name : names) {
            String path = prefix + name;
            if (selection.walks(path)) {
                child(from, to, name, path, depth, links);
            }
        }
    }

    private void child(Fd from, Fd to, String name, String path, int depth, HardLinks links) {
        Stat stat = FileSystem.statx(from, name, FileSystem.AT_SYMLINK_NOFOLLOW);
        if (stat.isDirectory()) {
            boolean taken = selection.takes(path);
            try (Fd below = FileSystem.openat(from, name, OPEN_DIRECTORY, 0);
                    Fd made = directory(to, name, path)) {
                children(below, made, path + "/", depth + 1, links);
                if (taken) {
                    attributes(below, made, stat);
                }
            }
        } else if (selection.takes(path)) {
            try {
                leaf(from, to, name, path, stat, links);
            } catch (ErrnoException e) {
                if (e.errno() != Errno.EEXIST) {
                    throw e;
                }
                clear(to, name);
                leaf(from, to, name, path, stat, links);
            }
        }
    }

    private void leaf(Fd from, Fd to, String name, String path, Stat stat, HardLinks links) {
        if (!links.link(stat, to, name)) {
            node(from, name, to, name, stat);
            links.copied(stat, path);
        }
    }

    private static Fd directory(Fd parent, String name, String path) {
        try {
            FileSystem.mkdirat(parent, name, 0755);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
        }
        try {
            return FileSystem.openat(parent, name, OPEN_DIRECTORY, 0);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOTDIR || e.errno() == Errno.ELOOP) {
                throw new InvalidArgument("cannot copy to non-directory: " + path);
            }
            throw e;
        }
    }

    /// Takes away what a file is to replace.
    static void clear(Fd parent, String name) {
        Optional<Stat> there = FileSystem.tryStat(parent, name, FileSystem.AT_SYMLINK_NOFOLLOW);
        if (there.isPresent() && there.get().isDirectory()) {
            throw new InvalidArgument("cannot replace to directory " + name + " with file");
        }
        if (there.isPresent()) {
            FileSystem.unlinkat(parent, name, 0);
        }
    }

    /// One name that is no directory, where there is none.
    private void node(Fd from, String name, Fd to, String as, Stat stat) {
        switch (stat.type()) {
            case Stat.S_IFREG -> {
                try (Fd file = FileSystem.openat(from, name, OPEN_FILE, 0)) {
                    file(file, to, as);
                }
            }
            case Stat.S_IFLNK -> {
                FileSystem.symlinkat(FileSystem.readlinkat(from, name), to, as);
                named(to, as, stat);
            }
            case Stat.S_IFCHR, Stat.S_IFBLK, Stat.S_IFIFO -> {
                FileSystem.mknodat(
                        to,
                        as,
                        stat.type() | 0600,
                        FileSystem.device(stat.rdevMajor(), stat.rdevMinor()));
                named(to, as, stat);
                FileSystem.fchmodat(to, as, permissions(stat));
            }
            default -> {
                // a socket is nothing without its process
            }
        }
    }

    private void file(Fd from, Fd to, String as) {
        Stat stat = checkRegular(from, as);
        try (Fd made = FileSystem.openat(to, as, MAKE, 0600)) {
            whole(from, stat, made);
        }
    }

    static Stat checkRegular(Fd file, String name) {
        Stat stat = FileSystem.fstat(file);
        if (!stat.isRegular()) {
            throw new InvalidArgument("not a file: " + name);
        }
        return stat;
    }

    /// Content and attributes of a file, to an empty one.
    ///
    /// @param stat of the file
    void whole(Fd from, Stat stat, Fd made) {
        content(from, stat.size(), made);
        attributes(from, made, stat);
    }

    private void content(Fd from, long size, Fd to) {
        if (!byKernel) {
            bytes.copy(from, size, to);
            return;
        }
        try {
            long left = size;
            for (long n = 1; left > 0 && n > 0; left -= n) {
                n = FileContent.copyFileRange(from, to, Math.min(left, PIECE));
            }
        } catch (ErrnoException e) {
            switch (e.errno()) {
                // of no file between these file systems
                case Errno.EXDEV, Errno.EOPNOTSUPP, Errno.ENOSYS -> byKernel = false;
                case Errno.EINVAL -> {}
                default -> throw e;
            }
            // both stand where the kernel left them
            bytes.copy(from, size, to);
        }
    }

    private int permissions(Stat stat) {
        return mode == null
                ? stat.permissions()
                : mode.apply(stat.permissions(), stat.isDirectory());
    }

    private void attributes(Fd from, Fd to, Stat stat) {
        FileSystem.fchown(
                to,
                owner == null ? stat.uid() : owner.uid(),
                owner == null ? stat.gid() : owner.gid());
        FileSystem.fchmod(to, permissions(stat));
        for (String name : Xattrs.list(from)) {
            if (!name.startsWith("trusted.overlay.") && !name.startsWith("user.overlay.")) {
                Xattrs.get(from, name).ifPresent(value -> Xattrs.set(to, name, value, 0));
            }
        }
        FileSystem.utimensat(to, "", stat.modified(), stat.modified(), FileSystem.AT_EMPTY_PATH);
    }

    private void named(Fd dir, String name, Stat stat) {
        FileSystem.fchownat(
                dir,
                name,
                owner == null ? stat.uid() : owner.uid(),
                owner == null ? stat.gid() : owner.gid(),
                FileSystem.AT_SYMLINK_NOFOLLOW);
        FileSystem.utimensat(
                dir, name, stat.modified(), stat.modified(), FileSystem.AT_SYMLINK_NOFOLLOW);
    }
}
