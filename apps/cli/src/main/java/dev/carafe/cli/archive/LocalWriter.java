package dev.carafe.cli.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/// Unpacks an archive of a container, whose content is hostile, into a local directory. Files
/// become the user's own; devices are left out; nothing is written outside, not even through links
/// of the archive itself.
public final class LocalWriter {
    private final Path root;
    private final UnaryOperator<String> rename;
    private final byte[] buffer = new byte[128 * 1024];
    private final Map<Path, TarHead> directories = new LinkedHashMap<>();

    private LocalWriter(Path root, UnaryOperator<String> rename) {
        this.root = root;
        this.rename = rename;
    }

    /// @param directory existing
    /// @param rename gives names of the archive those they shall have below the directory
    public static void unpack(InputStream tar, Path directory, UnaryOperator<String> rename)
            throws IOException {
        LocalWriter writer = new LocalWriter(directory.toRealPath(), rename);
        TarInput in = new TarInput(tar);
        for (TarHead head = in.next(); head != null; head = in.next()) {
            writer.entry(head, in);
        }
        writer.finish();
    }

    private void entry(TarHead head, TarInput in) throws IOException {
        Path target = place(head.name());
        if (target.equals(root)) {
            return;
        }
        if (head.isDirectory()) {
            directory(target, head);
            return;
        }
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(
                    "cannot overwrite directory \"" + target + "\" with non-directory");
        }
        switch (head.type()) {
            case '0' -> file(target, head, in);
            case '1' -> {
                Files.deleteIfExists(target);
                Files.createLink(target, place(head.linkName()));
            }
            case '2' -> {
                Files.deleteIfExists(target);
                Files.createSymbolicLink(target, Path.of(head.linkName()));
            }
            default -> {
                // devices and fifos of a container mean nothing here
            }
        }
    }

    /// Where an entry goes: its folder must really lie below the root.
    private Path place(String name) throws IOException {
        Path relative = Path.of(strip(rename.apply(name))).normalize();
        if (relative.startsWith("..")) {
            throw new IOException("refused archive entry \"" + name + "\": it leads outside");
        }
        Path target = root.resolve(relative).normalize();
        if (target.equals(root)) {
            return target;
        }
        Path folder = Objects.requireNonNull(target.getParent());
        Path real;
        try {
            real = folder.toRealPath();
        } catch (NoSuchFileException e) {
            Path above = place(root.relativize(folder).toString(), name);
            real = Files.createDirectories(above).toRealPath();
        }
        if (!real.startsWith(root)) {
            throw new IOException("refused archive entry \"" + name + "\": it leads outside");
        }
        return real.resolve(target.getFileName());
    }

    /// The folder of an entry that is not there yet: what is there of it must lie below the root.
    private Path place(String folder, String name) throws IOException {
        Path target = root.resolve(folder);
        Path there = target;
        while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
            there = Objects.requireNonNull(there.getParent());
        }
        if (!there.toRealPath().startsWith(root)) {
            throw new IOException("refused archive entry \"" + name + "\": it leads outside");
        }
        return target;
    }

    private static String strip(String name) {
        int start = 0;
        while (start < name.length() && name.charAt(start) == '/') {
            start++;
        }
        return name.substring(start);
    }

    private void directory(Path target, TarHead head) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                && !Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(
                    "cannot overwrite non-directory \"" + target + "\" with directory");
        }
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(target);
        }
        directories.put(target, head);
    }

    private void file(Path target, TarHead head, TarInput in) throws IOException {
        Files.deleteIfExists(target);
        try (FileChannel out =
                FileChannel.open(
                        target,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS)) {
            long[] map = head.sparse();
            if (map == null) {
                map = new long[] {0, head.size()};
            }
            for (int i = 0; i < map.length; i += 2) {
                copy(in, out, map[i], map[i + 1]);
            }
            if (head.sparse() != null && out.size() < head.size()) {
                out.write(ByteBuffer.wrap(new byte[1]), head.size() - 1);
            }
        }
        attributes(target, head);
    }

    private void copy(TarInput in, FileChannel out, long offset, long length) throws IOException {
        out.position(offset);
        long left = length;
        while (left > 0) {
            byte[] piece = left < buffer.length ? new byte[(int) left] : buffer;
            int n = in.read(piece);
            if (n < 0) {
                throw new IOException("the archive is cut off");
            }
            ByteBuffer bytes = ByteBuffer.wrap(piece, 0, n);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            left -= n;
        }
    }

    private void finish() throws IOException {
        for (Map.Entry<Path, TarHead> entry : directories.entrySet()) {
            if (Files.isDirectory(entry.getKey(), LinkOption.NOFOLLOW_LINKS)) {
                attributes(entry.getKey(), entry.getValue());
            }
        }
    }

    private static void attributes(Path target, TarHead head) throws IOException {
        Files.setAttribute(target, "unix:mode", head.mode(), LinkOption.NOFOLLOW_LINKS);
        Files.setLastModifiedTime(target, FileTime.fromMillis(head.seconds() * 1000));
    }
}
