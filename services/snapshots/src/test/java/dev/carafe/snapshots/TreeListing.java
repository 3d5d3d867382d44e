package dev.carafe.snapshots;

import dev.carafe.linux.Directories;
import dev.carafe.linux.DirectoryEntry;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Pipes;
import dev.carafe.linux.Stat;
import dev.carafe.oci.Digest;
import dev.carafe.snapshots.tree.Attributes;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/// Everything about every file of a tree, as one line a path: two trees are the same when their
/// listings are.
final class TreeListing {
    private static final int DIRECTORY = FileSystem.O_RDONLY | FileSystem.O_DIRECTORY;

    private final TreeMap<String, String> lines = new TreeMap<>();
    private final TreeMap<String, String> firstNames = new TreeMap<>();

    private TreeListing() {}

    /// The paths at which the listings differ, with both lines.
    static List<String> differences(Map<String, String> a, Map<String, String> b) {
        TreeSet<String> paths = new TreeSet<>(a.keySet());
        paths.addAll(b.keySet());
        return paths.stream()
                .filter(p -> !Objects.equals(a.get(p), b.get(p)))
                .map(p -> p + "\n  " + a.get(p) + "\n  " + b.get(p))
                .toList();
    }

    static Map<String, String> of(Path dir) {
        try (Fd fd = FileSystem.open(dir.toString(), DIRECTORY)) {
            return of(fd);
        }
    }

    static Map<String, String> of(Fd mount) {
        TreeListing listing = new TreeListing();
        try (Fd dir = FileSystem.openat(mount, ".", DIRECTORY, 0)) {
            listing.add(dir, "");
        }
        return listing.lines;
    }

    private void add(Fd dir, String prefix) {
        for (DirectoryEntry entry :
                Directories.list(dir).stream()
                        .sorted(Comparator.comparing(DirectoryEntry::name))
                        .toList()) {
            String path = prefix + entry.name();
            Stat stat = FileSystem.statx(dir, entry.name(), FileSystem.AT_SYMLINK_NOFOLLOW);
            lines.put(path, line(dir, entry.name(), path, stat));
            if (stat.isDirectory()) {
                try (Fd child = FileSystem.openat(dir, entry.name(), DIRECTORY, 0)) {
                    add(child, path + "/");
                }
            }
        }
    }

    private String line(Fd dir, String name, String path, Stat stat) {
        StringBuilder line = new StringBuilder();
        line.append(Integer.toOctalString(stat.mode()))
                .append(' ')
                .append(Integer.toUnsignedString(stat.uid()))
                .append(':')
                .append(Integer.toUnsignedString(stat.gid()))
                .append(' ')
                .append(stat.modified());
        if (stat.isDevice()) {
            line.append(" dev ").append(stat.rdevMajor()).append(',').append(stat.rdevMinor());
        }
        if (stat.isSymlink()) {
            line.append(" -> ").append(FileSystem.readlinkat(dir, name));
        }
        if (stat.isRegular()) {
            line.append(' ').append(stat.size()).append(' ').append(content(dir, name));
        }
        if (!stat.isDirectory() && stat.links() > 1) {
            line.append(" as ")
                    .append(firstNames.computeIfAbsent(Long.toString(stat.inode()), i -> path));
        }
        Attributes.xattrs(dir, name)
                .forEach((attribute, value) ->
                        line.append(' ')
                                .append(attribute)
                                .append('=')
                                .append(HexFormat.of().formatHex(value)));
        return line.toString();
    }

    private static String content(Fd dir, String name) {
        Digest.Hasher sum = Digest.sha256();
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
        byte[] bytes = new byte[1 << 16];
        try (Fd fd = FileSystem.openat(dir, name, FileSystem.O_RDONLY | FileSystem.O_NOFOLLOW, 0)) {
            while (true) {
                buffer.clear();
                int n = Pipes.read(fd, buffer);
                if (n < 0) {
                    return sum.digest().shortHex();
                }
                buffer.flip().get(bytes, 0, n);
                sum.update(bytes, 0, n);
            }
        }
    }
}
