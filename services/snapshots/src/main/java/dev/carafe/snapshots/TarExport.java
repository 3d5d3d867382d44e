package dev.carafe.snapshots;

import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Stat;
import dev.carafe.snapshots.tar.TarWriter;
import dev.carafe.snapshots.tree.ExportOptions;
import dev.carafe.snapshots.tree.TreeReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/// A tree below an open root, as a tar stream. Every path is resolved inside that root (openat2(2)
/// RESOLVE_IN_ROOT), its last name too is not followed when it is a symlink. The stream stays the
/// caller's.
///
/// Errors: {@link NotFound} for a path that is not there; failures of the stream as {@link
/// java.io.UncheckedIOException}; {@link dev.carafe.base.Internal} for refusals of the kernel.
public final class TarExport {
    private static final int DIRECTORY = FileSystem.O_RDONLY | FileSystem.O_DIRECTORY;

    private TarExport() {}

    /// Writes the tree at `path` with names relative to it; the directory itself has no entry, and
    /// what is mounted below it is left out. A `path` that is no directory becomes one entry with
    /// its last name.
    public static void write(Fd root, String path, OutputStream tar) {
        write(root, path, OwnerMap.NONE, tar);
    }

    /// The same of a tree that shows the owners as the host counts them, for an archive that has
    /// those of a user namespace.
    public static void write(Fd root, String path, OwnerMap owners, OutputStream tar) {
        run(
                path,
                tar,
                options(false, owners),
                reader -> {
                    if (isDirectory(root, path)) {
                        try (Fd dir = FileSystem.openInRoot(root, path, DIRECTORY, 0)) {
                            reader.children(dir, "");
                        }
                    } else {
                        file(root, path, lastName(path), reader);
                    }
                });
    }

    /// Writes several trees, each in a folder of its own.
    ///
    /// @param roots by the folders' names, written in their order
    public static void writeAll(Map<String, Fd> roots, OutputStream tar) {
        run(
                "/",
                tar,
                options(false, OwnerMap.NONE),
                reader -> {
                    for (Map.Entry<String, Fd> root : roots.entrySet()) {
                        try (Fd dir = FileSystem.openInRoot(root.getValue(), "/", DIRECTORY, 0)) {
                            reader.directory(dir, root.getKey());
                        }
                    }
                });
    }

    /// Writes the file or tree at `path` under the name `base`, as `docker cp` wants it: the first
    /// entry is `base`; with a base of `/` every name starts with one. What is mounted below it
    /// belongs to it.
    public static void writeAs(Fd root, String path, String base, OutputStream tar) {
        writeAs(root, path, base, OwnerMap.NONE, tar);
    }

    /// The same of a tree that shows the owners as the host counts them, for an archive that has
    /// those of a user namespace.
    public static void writeAs(
            Fd root, String path, String base, OwnerMap owners, OutputStream tar) {
        run(
                path,
                tar,
                options(true, owners),
                reader -> {
                    if (isDirectory(root, path)) {
                        try (Fd dir = FileSystem.openInRoot(root, path, DIRECTORY, 0)) {
                            reader.directory(dir, base.equals("/") ? "" : base);
                        }
                    } else {
                        file(root, path, base, reader);
                    }
                });
    }

    private static ExportOptions options(boolean crossMounts, OwnerMap owners) {
        return new ExportOptions(false, crossMounts)
                .withOwners(owners::userInside, owners::groupInside);
    }

    @FunctionalInterface
    private interface Work {
        void run(TreeReader reader) throws IOException;
    }

    private static void run(String path, OutputStream tar, ExportOptions options, Work work) {
        try {
            TarWriter writer = new TarWriter(tar);
            work.run(new TreeReader(writer, options));
            writer.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ErrnoException e) {
            throw switch (e.errno()) {
                case Errno.ENOENT, Errno.ENOTDIR ->
                        new NotFound(
                                new Subject("path", path), "no such file or directory: " + path, e);
                default -> StoreErrors.of("export " + path, e);
            };
        }
    }

    private static void file(Fd root, String path, String as, TreeReader reader)
            throws IOException {
        String plain = withoutSlashes(path);
        int slash = plain.lastIndexOf('/');
        String parent = slash <= 0 ? "/" : plain.substring(0, slash);
        try (Fd dir = FileSystem.openInRoot(root, parent, DIRECTORY, 0)) {
            reader.file(dir, lastName(path), as);
        }
    }

    private static boolean isDirectory(Fd root, String path) {
        // a symlink named with a slash at its end is what it points to, as everywhere
        int follow = path.endsWith("/") ? 0 : FileSystem.O_NOFOLLOW;
        try (Fd fd = FileSystem.openInRoot(root, path, FileSystem.O_PATH | follow, 0)) {
            return FileSystem.statx(fd, "", FileSystem.AT_EMPTY_PATH).type() == Stat.S_IFDIR;
        }
    }

    private static String lastName(String path) {
        String plain = withoutSlashes(path);
        return plain.substring(plain.lastIndexOf('/') + 1);
    }

    private static String withoutSlashes(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}
