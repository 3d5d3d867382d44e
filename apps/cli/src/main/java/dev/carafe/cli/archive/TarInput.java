package dev.carafe.cli.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a tar archive: {@link #next}, then its bytes with {@link #read}.
public final class TarInput {
    private static final int BLOCK = TarOutput.BLOCK;
    private static final int LONGEST_EXTRA = 1 << 20;

    private final InputStream in;
    private long left;
    private int padding;

    public TarInput(InputStream in) {
        this.in = in;
    }

    /// The next entry; null at the end.
    ///
    /// @throws IOException also when it is no archive
    public @Nullable TarHead next() throws IOException {
        Map<String, String> pax = new HashMap<>();
        while (true) {
            in.skipNBytes(left + padding);
            left = 0;
            padding = 0;
            byte[] block = in.readNBytes(BLOCK);
            if (block.length == 0 || isZero(block)) {
                return null;
            }
            if (block.length < BLOCK || !sumIsRight(block)) {
                throw new IOException("invalid tar header");
            }
            long size = number(block, 124, 12);
            switch ((char) block[156]) {
                case 'x' -> records(extra(size), pax);
                case 'g' -> extra(size);
                case 'L' -> pax.put("path", zeroEnded(extra(size)));
                case 'K' -> pax.put("linkpath", zeroEnded(extra(size)));
                default -> {
                    return entry(block, pax, size);
                }
            }
        }
    }

    /// Bytes of the current entry, -1 at its end.
    public int read(byte[] into) throws IOException {
        if (left == 0) {
            return -1;
        }
        int n = in.read(into, 0, (int) Math.min(into.length, left));
        if (n < 0) {
            throw new EOFException("the archive is cut off");
        }
        left -= n;
        return n;
    }

    private TarHead entry(byte[] block, Map<String, String> pax, long plainSize)
            throws IOException {
        String prefix = text(block, 345, 155);
        boolean ustar = text(block, 257, 5).equals("ustar") && !prefix.isEmpty();
        String own = text(block, 0, 100);
        String name = pax.getOrDefault("path", ustar ? prefix + "/" + own : own);
        char type = block[156] == 0 || block[156] == '7' ? '0' : (char) block[156];
        left = type == '0' ? Long.parseLong(pax.getOrDefault("size", "" + plainSize)) : 0;
        padding = (int) (-left & (BLOCK - 1));
        long size = left;
        long[] sparse = null;
        if ("1".equals(pax.get("GNU.sparse.major"))) {
            name = pax.getOrDefault("GNU.sparse.name", name);
            size = Long.parseLong(pax.getOrDefault("GNU.sparse.realsize", "0"));
            sparse = sparseMap();
        }
        boolean directory = type == '5' || type == '0' && name.endsWith("/");
        String time = pax.getOrDefault("mtime", "" + number(block, 136, 12));
        int dot = time.indexOf('.');
        return new TarHead(
                name,
                directory ? '5' : type,
                (int) number(block, 100, 8) & 07777,
                Long.parseLong(pax.getOrDefault("uid", "" + number(block, 108, 8))),
                Long.parseLong(pax.getOrDefault("gid", "" + number(block, 116, 8))),
                size,
                left,
                Long.parseLong(dot < 0 ? time : time.substring(0, dot)),
                pax.getOrDefault("linkpath", text(block, 157, 100)),
                sparse);
    }

    /// The map in front of the data: a count, then offsets and lengths, a line each, filled up to a
    /// block.
    private long[] sparseMap() throws IOException {
        long before = left;
        int count = (int) line();
        if (count < 0 || count > LONGEST_EXTRA) {
            throw new IOException("invalid sparse map");
        }
        long[] map = new long[2 * count];
        for (int i = 0; i < map.length; i++) {
            map[i] = line();
        }
        long over = -(before - left) & (BLOCK - 1);
        in.skipNBytes(over);
        left -= over;
        return map;
    }

    private long line() throws IOException {
        long value = 0;
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < '0' || c > '9') {
                throw new IOException("invalid sparse map");
            }
            left--;
            value = value * 10 + c - '0';
        }
        left--;
        return value;
    }

    private byte[] extra(long size) throws IOException {
        if (size > LONGEST_EXTRA) {
            throw new IOException("invalid tar header: too long");
        }
        byte[] bytes = in.readNBytes((int) size);
        in.skipNBytes(-size & (BLOCK - 1));
        return bytes;
    }

    private static void records(byte[] bytes, Map<String, String> pax) throws IOException {
        int at = 0;
        while (at < bytes.length) {
            int space = at;
            while (space < bytes.length && bytes[space] != ' ') {
                space++;
            }
            int length =
                    Integer.parseInt(new String(bytes, at, space - at, StandardCharsets.UTF_8));
            if (length <= space - at + 1 || at + length > bytes.length) {
                throw new IOException("invalid pax header");
            }
            String record =
                    new String(bytes, space + 1, at + length - space - 2, StandardCharsets.UTF_8);
            int equals = record.indexOf('=');
            if (equals > 0) {
                pax.put(record.substring(0, equals), record.substring(equals + 1));
            }
            at += length;
        }
    }

    private static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean sumIsRight(byte[] block) throws IOException {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
        }
        return sum == number(block, 148, 8);
    }

    /// Octal digits, or base 256 when the first bit is set.
    private static long number(byte[] block, int at, int room) throws IOException {
        if ((block[at] & 0x80) != 0) {
            long value = block[at] & 0x3f;
            for (int i = 1; i < room; i++) {
                value = value << 8 | block[at + i] & 0xff;
            }
            return value;
        }
        String digits = text(block, at, room).trim();
        try {
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        } catch (NumberFormatException e) {
            throw new IOException("invalid tar header", e);
        }
    }

    private static String text(byte[] block, int at, int room) {
        int end = at;
        while (end < at + room && block[end] != 0) {
            end++;
        }
        return new String(block, at, end - at, StandardCharsets.UTF_8);
    }

    private static String zeroEnded(byte[] bytes) {
        return text(bytes, 0, bytes.length);
    }
}
