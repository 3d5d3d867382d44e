package dev.carafe.snapshots.tree;

import dev.carafe.base.Internal;
import dev.carafe.linux.Directories;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Stat;
import dev.carafe.snapshots.tar.EntryKind;
import dev.carafe.snapshots.tar.TarEntry;
import dev.carafe.snapshots.tar.TarWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes files as tar entries: sorted by name, second and later names of a file as hard links,
/// sockets left out. The tree may be in use: a file that vanishes is left out, one that shrinks is
/// filled up with zeros. One archive each.
public final class TreeReader {
    private static final int OPEN_DIRECTORY =
            FileSystem.O_RDONLY | FileSystem.O_DIRECTORY | FileSystem.O_NOFOLLOW;
    // without O_NONBLOCK a fifo that has just taken a file's place would block for ever
    private static final int OPEN_FILE =
            FileSystem.O_RDONLY | FileSystem.O_NOFOLLOW | FileSystem.O_NONBLOCK;

    private final TarWriter out;
    private final ExportOptions options;
    private final FileData data = new FileData();
    private final Map<FileKey, String> firstNames = new HashMap<>();
    private boolean differs;
    private long bytes;

    private record FileKey(int devMajor, int devMinor, long inode) {}

    public TreeReader(TarWriter out, ExportOptions options) {
        this.out = out;
        this.options = options;
    }

    /// Whether the archive, unpacked, is another tree than this one: something was left out, or has
    /// a name that means something else in a layer.
    public boolean differs() {
        return differs;
    }

    /// Bytes of the regular files so far, each once.
    public long bytes() {
        return bytes;
    }

    /// Writes what is in the open directory, each name after `prefix`; not the directory itself.
    public void children(Fd dir, String prefix) throws IOException {
        children(dir, prefix, FileSystem.fstat(dir).mountId(), 1);
    }

    /// Writes the file or directory `name` of the open directory as `as`, with all below it.
    public void file(Fd dir, String name, String as) throws IOException {
        Stat stat = FileSystem.statx(dir, name, FileSystem.AT_SYMLINK_NOFOLLOW);
        entry(dir, name, as, stat, stat.mountId(), 0);
    }

    /// Writes the open directory itself as `as`, with all below it.
    public void directory(Fd dir, String as) throws IOException {
        Stat stat = FileSystem.fstat(dir);
        out.put(
                builder(EntryKind.DIRECTORY, as + "/", stat)
                        .xattrs(Attributes.xattrs(dir))
                        .build());
        children(dir, as + "/", stat.mountId(), 1);
    }

    private void children(Fd dir, String prefix, long mount, int depth) throws IOException {
        if (depth > EntryPath.DEEPEST) {
            throw new Internal("the directory " + prefix + " lies too deep");
        }
        List<String> names = new ArrayList<>();
        Directories.list(dir).forEach(e -> names.add(e.name()));
        names.sort(Comparator.naturalOrder());
        for (String name : names) {
            Optional<Stat> stat = FileSystem.tryStat(dir, name, FileSystem.AT_SYMLINK_NOFOLLOW);
            if (stat.isPresent()) {
                entry(dir, name, prefix + name, stat.get(), mount, depth);
            }
        }
    }

    private void entry(Fd dir, String name, String as, Stat stat, long mount, int depth)
            throws IOException {
        if (!options.leftOut().isEmpty() && options.leftOut().contains("/" + as)) {
            differs = true;
            return;
        }
        differs |= options.whiteouts() && name.startsWith(Overlay.WHITEOUT_PREFIX);
        if (options.whiteouts() && Overlay.isWhiteout(stat)) {
            out.put(
                    TarEntry.of(EntryKind.FILE, whiteoutName(as))
                            .modified(options.time(stat.modified()))
                            .build());
            return;
        }
        try {
            if (!stat.isDirectory() && stat.links() > 1 && isLater(as, stat)) {
                return;
            }
            switch (stat.type()) {
                case Stat.S_IFDIR -> subdirectory(dir, name, as, stat, mount, depth);
                case Stat.S_IFREG -> regular(dir, name, as);
                case Stat.S_IFLNK ->
                        out.put(
                                builder(EntryKind.SYMLINK, as, stat)
                                        .linkName(FileSystem.readlinkat(dir, name))
                                        .xattrs(Attributes.xattrs(dir, name))
                                        .build());
                case Stat.S_IFCHR -> device(EntryKind.CHARACTER_DEVICE, dir, name, as, stat);
                case Stat.S_IFBLK -> device(EntryKind.BLOCK_DEVICE, dir, name, as, stat);
                case Stat.S_IFIFO ->
                        out.put(
                                builder(EntryKind.FIFO, as, stat)
                                        .xattrs(Attributes.xattrs(dir, name))
                                        .build());
                default -> {
                    // a socket is nothing without its process
                    differs = true;
                }
            }
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT
                    && e.errno() != Errno.ELOOP
                    && e.errno() != Errno.ENOTDIR) {
                throw e;
            }
            // it went away, or became something else, after it was listed
            differs = true;
        }
    }

    private void subdirectory(Fd dir, String name, String as, Stat seen, long mount, int depth)
            throws IOException {
        if (!options.crossMounts() && seen.mountId() != mount) {
            out.put(builder(EntryKind.DIRECTORY, as + "/", seen).build());
            return;
        }
        try (Fd fd = FileSystem.openat(dir, name, OPEN_DIRECTORY, 0)) {
            Stat stat = FileSystem.fstat(fd);
            out.put(
                    builder(EntryKind.DIRECTORY, as + "/", stat)
                            .xattrs(Attributes.xattrs(fd))
                            .build());
            if (options.whiteouts() && Overlay.isOpaque(fd)) {
                out.put(
                        TarEntry.of(EntryKind.FILE, as + "/" + Overlay.OPAQUE_MARKER)
                                .modified(options.time(stat.modified()))
                                .build());
            }
            children(fd, as + "/", options.crossMounts() ? stat.mountId() : mount, depth + 1);
        }
    }

    private void regular(Fd dir, String name, String as) throws IOException {
        try (Fd fd = FileSystem.openat(dir, name, OPEN_FILE, 0)) {
            Stat stat = FileSystem.fstat(fd);
            if (!stat.isRegular()) {
                differs = true;
                return;
            }
            bytes += stat.size();
            out.put(
                    builder(EntryKind.FILE, as, stat)
                            .size(stat.size())
                            .sparse(data.fragments(fd, stat))
                            .xattrs(Attributes.xattrs(fd))
                            .build());
            data.copy(fd, stat.size(), out);
        }
    }

    private void device(EntryKind kind, Fd dir, String name, String as, Stat stat)
            throws IOException {
        out.put(
                builder(kind, as, stat)
                        .device(stat.rdevMajor(), stat.rdevMinor())
                        .xattrs(Attributes.xattrs(dir, name))
                        .build());
    }

    private boolean isLater(String as, Stat stat) throws IOException {
        if (stat.type() == Stat.S_IFSOCK) {
            return false;
        }
        String first =
                firstNames.putIfAbsent(
                        new FileKey(stat.devMajor(), stat.devMinor(), stat.inode()), as);
        if (first == null || first.equals(as)) {
            return false;
        }
        out.put(builder(EntryKind.HARD_LINK, as, stat).linkName(first).build());
        return true;
    }

    private TarEntry.Builder builder(EntryKind kind, String name, Stat stat) {
        return TarEntry.of(kind, name)
                .mode(stat.permissions())
                .owner(
                        options.users().applyAsLong(Integer.toUnsignedLong(stat.uid())),
                        options.groups().applyAsLong(Integer.toUnsignedLong(stat.gid())))
                .modified(options.time(stat.modified()));
    }

    private static String whiteoutName(String path) {
        int slash = path.lastIndexOf('/') + 1;
        return path.substring(0, slash) + Overlay.WHITEOUT_PREFIX + path.substring(slash);
    }
}
