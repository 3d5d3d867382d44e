package dev.carafe.cli.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Writes local files as an archive: sorted, second names of a file as hard links, owners as
/// numbers, sockets left out.
public final class LocalReader {
    private static final int TYPE = 0170000;

    private final TarOutput out;
    private final Map<Object, String> firstNames = new HashMap<>();
    private final byte[] buffer = new byte[128 * 1024];

    private LocalReader(OutputStream out) {
        this.out = new TarOutput(out);
    }

    /// The file or tree under the name `as`; a link itself and not where it leads.
    public static void write(Path path, String as, OutputStream out) throws IOException {
        LocalReader reader = new LocalReader(out);
        reader.entry(path, as);
        reader.out.finish();
    }

    private void entry(Path path, String as) throws IOException {
        Map<String, Object> stat = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
        int mode = number(stat, "mode");
        switch (mode & TYPE) {
            case 0040000 -> {
                put(as + "/", '5', stat, 0, "");
                try (Stream<Path> children = Files.list(path)) {
                    List<Path> sorted = children.sorted().toList();
                    for (Path child : sorted) {
                        entry(child, as + "/" + child.getFileName());
                    }
                }
            }
            case 0120000 -> put(as, '2', stat, 0, Files.readSymbolicLink(path).toString());
            case 0100000 -> file(path, as, stat);
            case 0010000 -> put(as, '6', stat, 0, "");
            default -> {
                // sockets are nothing without their process; devices need numbers that Java has not
            }
        }
    }

    private void file(Path path, String as, Map<String, Object> stat) throws IOException {
        if (number(stat, "nlink") > 1) {
            String first = firstNames.putIfAbsent(value(stat, "fileKey"), as);
            if (first != null) {
                put(as, '1', stat, 0, first);
                return;
            }
        }
        long size = Files.size(path);
        try (InputStream in = Files.newInputStream(path)) {
            put(as, '0', stat, size, "");
            long left = size;
            while (left > 0) {
                int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (n < 0) {
                    throw new IOException(path + " became shorter while it was read");
                }
                out.write(buffer, 0, n);
                left -= n;
            }
        }
    }

    private void put(String as, char type, Map<String, Object> stat, long size, String link)
            throws IOException {
        long seconds = ((FileTime) value(stat, "lastModifiedTime")).toMillis() / 1000;
        int mode = number(stat, "mode") & 07777;
        out.put(
                TarHead.of(as, type, mode, size, seconds, link)
                        .owned(
                                Integer.toUnsignedLong(number(stat, "uid")),
                                Integer.toUnsignedLong(number(stat, "gid"))));
    }

    private static int number(Map<String, Object> stat, String name) {
        return (Integer) value(stat, name);
    }

    private static Object value(Map<String, Object> stat, String name) {
        return Objects.requireNonNull(stat.get(name), name);
    }
}
