package dev.carafe.images.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carafe.base.BulkInput;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.images.archive.TarEntry.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a tar entry by entry from a stream: ustar with pax headers (POSIX.1-2001) and GNU's long
/// names and big numbers.
///
/// ```java
/// TarReader tar = new TarReader(in);
/// for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) { tar.content().transferTo(out); }
/// ```
///
/// Strict: a wrong checksum, a cut-off entry or a stream without end blocks is refused. Not
/// thread-safe; closes nothing.
public final class TarReader {
    private static final int BLOCK = 512;
    private static final int MAX_EXTENSION = 1 << 20;
    private final InputStream in;
    private final byte[] header = new byte[BLOCK];
    private long left;
    private int padding;
    private String last = "";

    public TarReader(InputStream in) {
        this.in = in;
    }

    /// The next entry, or null after the last one; the stream is then read to its end.
    ///
    /// @throws InvalidArgument when the stream is no whole tar
    public @Nullable TarEntry next() throws IOException {
        Map<String, String> extended = new HashMap<>();
        while (true) {
            finishEntry();
            if (!readHeader()) {
                return null;
            }
            char type = (char) (header[156] & 0xff);
            left = number(124, 12);
            padding = padding(left);
            switch (type) {
                case 'x' -> pax(extension(), extended);
                case 'g' -> extension();
                case 'L' -> extended.put("path", text(extension()));
                case 'K' -> extended.put("linkpath", text(extension()));
                default -> {
                    return entry(type, extended);
                }
            }
        }
    }

    private TarEntry entry(char type, Map<String, String> extended) {
        String prefix =
                field(257, 6).startsWith("ustar") && header[263] == '0' ? field(345, 155) : "";
        String name =
                extended.getOrDefault(
                        "path", prefix.isEmpty() ? field(0, 100) : prefix + "/" + field(0, 100));
        Kind kind = kind(type, name);
        String size = extended.get("size");
        if (size != null) {
            left = parse(size, 10);
        }
        if (kind == Kind.DIRECTORY || kind == Kind.SYMLINK || kind == Kind.HARDLINK) {
            left = 0;
        }
        padding = padding(left);
        last = name;
        String link = extended.getOrDefault("linkpath", field(157, 100));
        return new TarEntry(name.replaceFirst("/+$", ""), kind, link, left);
    }

    private static Kind kind(char type, String name) {
        return switch (type) {
            case '0', '\0', '7' -> name.endsWith("/") ? Kind.DIRECTORY : Kind.FILE;
            case '5' -> Kind.DIRECTORY;
            case '2' -> Kind.SYMLINK;
            case '1' -> Kind.HARDLINK;
            default -> Kind.OTHER;
        };
    }

    /// The content of the entry that {@link #next} answered last; ends where it ends. Need not be
    /// read.
    public InputStream content() {
        return new BulkInput() {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (left == 0 || length == 0) {
                    return length == 0 ? 0 : -1;
                }
                int count = in.read(bytes, offset, (int) Math.min(length, left));
                if (count < 0) {
                    throw cut();
                }
                left -= count;
                return count;
            }
        };
    }

    private void finishEntry() throws IOException {
        try {
            in.skipNBytes(left + padding);
        } catch (EOFException e) {
            throw cut();
        }
        left = 0;
        padding = 0;
    }

    /// False at the end.
    private boolean readHeader() throws IOException {
        int count = in.readNBytes(header, 0, BLOCK);
        if (count == BLOCK && isZero()) {
            in.transferTo(OutputStream.nullOutputStream());
            return false;
        }
        if (count != BLOCK) {
            throw cut();
        }
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
        }
        if (sum != number(148, 8)) {
            throw new InvalidArgument("archive/tar: invalid tar header" + after());
        }
        return true;
    }

    private boolean isZero() {
        for (byte b : header) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private byte[] extension() throws IOException {
        if (left > MAX_EXTENSION) {
            throw new InvalidArgument("archive/tar: header field too long" + after());
        }
        byte[] bytes = in.readNBytes((int) left);
        if (bytes.length != left) {
            throw cut();
        }
        left = 0;
        return bytes;
    }

    /// Records `length key=value\n`.
    private void pax(byte[] records, Map<String, String> into) {
        int at = 0;
        while (at < records.length) {
            int space = at;
            while (space < records.length && records[space] != ' ') {
                space++;
            }
            int length =
                    (int)
                            Math.min(
                                    Integer.MAX_VALUE,
                                    parse(new String(records, at, space - at, UTF_8), 10));
            if (length <= space - at + 1 || length > records.length - at) {
                throw new InvalidArgument("archive/tar: invalid pax header" + after());
            }
            String record = new String(records, space + 1, length - (space - at) - 2, UTF_8);
            int equals = record.indexOf('=');
            if (equals > 0) {
                into.put(record.substring(0, equals), record.substring(equals + 1));
            }
            at += length;
        }
    }

    /// Octal text, or GNU's base 256 when the first bit is set.
    private long number(int offset, int width) {
        if ((header[offset] & 0x80) == 0) {
            String digits = field(offset, width).strip();
            return digits.isEmpty() ? 0 : parse(digits, 8);
        }
        long value = header[offset] & 0x7f;
        for (int i = 1; i < width; i++) {
            if (value >> 54 != 0) {
                throw new InvalidArgument("archive/tar: number too big" + after());
            }
            value = value << 8 | header[offset + i] & 0xff;
        }
        return value;
    }

    private long parse(String digits, int radix) {
        try {
            long value = Long.parseLong(digits, radix);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new InvalidArgument(
                    Subject.NONE, "archive/tar: invalid number \"" + digits + "\"" + after(), e);
        }
        throw new InvalidArgument("archive/tar: negative number" + after());
    }

    private String field(int offset, int width) {
        int end = offset;
        while (end < offset + width && header[end] != 0) {
            end++;
        }
        return new String(header, offset, end - offset, UTF_8);
    }

    private static String text(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, UTF_8);
    }

    private static int padding(long size) {
        return (int) (-size & (BLOCK - 1));
    }

    private InvalidArgument cut() {
        return new InvalidArgument("unexpected EOF: the archive is cut short" + after());
    }

    private String after() {
        return last.isEmpty() ? "" : " (after entry \"" + last + "\")";
    }
}
