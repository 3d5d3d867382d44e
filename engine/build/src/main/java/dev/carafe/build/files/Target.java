package dev.carafe.build.files;

import dev.carafe.base.InvalidArgument;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileContent;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Stat;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The root that files are copied into.
///
/// @param owner of directories that are made on the way; null for root
/// @param mode of directories that are made on the way; null for 0755
/// @param moment time of directories that are made on the way; null for now
public record Target(
        Fd root, @Nullable Chown owner, @Nullable Chmod mode, @Nullable Instant moment) {
    private static final int MAKE = FileSystem.O_CREAT | FileSystem.O_EXCL | FileSystem.O_WRONLY;
    private static final int REWRITE =
            FileSystem.O_CREAT | FileSystem.O_TRUNC | FileSystem.O_WRONLY | FileSystem.O_NONBLOCK;
    private static final int MAX_LINKS = 40;
    private static final int DIRECTORY = FileSystem.O_RDONLY | FileSystem.O_DIRECTORY;

    /// What the path leads to, symlinks followed inside the root; empty when it leads nowhere.
    public Optional<Stat> stat(String path) {
        try (Fd fd = FileSystem.openInRoot(root, "/" + path, FileSystem.O_PATH, 0)) {
            return Optional.of(FileSystem.fstat(fd));
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// Opens a directory, made with its parents where it is missing.
    ///
    /// @throws InvalidArgument when something else is in the way
    public Fd directory(String path) {
        return directory(Paths.clean(path), MAX_LINKS);
    }

    private Fd directory(String path, int links) {
        Fd open = existing(path);
        if (open != null) {
            return open;
        }
        String plain = withoutEnd(path);
        String name = Paths.name(plain);
        try (Fd parent = directory(Paths.parent(plain), links)) {
            Optional<Stat> link = FileSystem.tryStat(parent, name, FileSystem.AT_SYMLINK_NOFOLLOW);
            if (link.isPresent() && link.get().isSymlink() && links > 0) {
                String to = FileSystem.readlinkat(parent, name);
                // not cleaned: what `..` of a link means, only the kernel knows
                return directory(
                        to.startsWith("/") ? to : Paths.parent(plain) + "/" + to, links - 1);
            }
            if (!name.equals("..")) {
                make(parent, name);
            }
        }
        return FileSystem.openInRoot(root, "/" + path, DIRECTORY, 0);
    }

    /// Without slashes and single dots at its end.
    private static String withoutEnd(String path) {
        int end = path.length();
        while (end > 0
                && (path.charAt(end - 1) == '/'
                        || path.charAt(end - 1) == '.'
                                && (end == 1 || path.charAt(end - 2) == '/'))) {
            end--;
        }
        return path.substring(0, end);
    }

    private @Nullable Fd existing(String path) {
        try {
            return FileSystem.openInRoot(root, "/" + path, DIRECTORY, 0);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT && !Paths.clean(path).isEmpty()) {
                return null;
            }
            if (e.errno() == Errno.ENOTDIR) {
                throw new InvalidArgument("cannot copy to non-directory: /" + Paths.clean(path));
            }
            throw e;
        }
    }

    private void make(Fd parent, String name) {
        try {
            FileSystem.mkdirat(parent, name, 0755);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EEXIST) {
                // links in a circle
                throw new InvalidArgument(
                        "cannot make the directory " + name + ": a link is there");
            }
            throw e;
        }
        // mkdir obeys the umask
        try (Fd made = FileSystem.openat(parent, name, DIRECTORY | FileSystem.O_NOFOLLOW, 0)) {
            if (owner != null) {
                FileSystem.fchown(made, owner.uid(), owner.gid());
            }
            FileSystem.fchmod(made, mode == null ? 0755 : mode.ofParents());
            if (moment != null) {
                FileSystem.utimensat(made, "", moment, moment, FileSystem.AT_EMPTY_PATH);
            }
        }
    }

    /// Opens a file anew for writing, empty, with its directories made. What a symlink at the path
    /// leads to is written, there or not; everything else that is no directory is replaced.
    ///
    /// @throws InvalidArgument when a directory is there
    Fd create(String path) {
        try (Fd parent = directory(Paths.parent(path))) {
            String name = Paths.name(path);
            Optional<Stat> there = FileSystem.tryStat(parent, name, FileSystem.AT_SYMLINK_NOFOLLOW);
            if (there.isPresent() && there.get().isSymlink()) {
                Optional<Stat> end = stat(path);
                if (end.isEmpty() || end.get().isRegular()) {
                    return FileSystem.openInRoot(root, "/" + path, REWRITE, 0600);
                }
            }
            TreeCopy.clear(parent, name);
            return FileSystem.openat(parent, name, MAKE, 0600);
        }
    }

    /// Writes a file, as {@link #create} opens it.
    public void file(String path, byte[] content, int mode, @Nullable Instant modified) {
        try (Fd file = create(path)) {
            int at = 0;
            while (at < content.length) {
                at += FileContent.pwrite(file, content, at, content.length - at, at);
            }
            if (owner != null) {
                FileSystem.fchown(file, owner.uid(), owner.gid());
            }
            FileSystem.fchmod(file, mode);
            if (modified != null) {
                FileSystem.utimensat(file, "", modified, modified, FileSystem.AT_EMPTY_PATH);
            }
        }
    }

    /// The names of a path from the top.
    static List<String> names(String path) {
        return path.isEmpty() ? List.of() : List.of(path.split("/"));
    }
}
