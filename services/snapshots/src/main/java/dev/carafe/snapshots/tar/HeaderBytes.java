package dev.carafe.snapshots.tar;

import dev.carafe.linux.RawText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/// An entry's header blocks: one ustar block, before it a pax header when the block can't say
/// everything.
final class HeaderBytes {
    private static final int NAME = 100;
    private static final int PREFIX = 155;

    private final ByteArrayOutputStream pax = new ByteArrayOutputStream();
    private final byte[] block = new byte[Block.SIZE];

    private HeaderBytes() {}

    static byte[] of(TarEntry entry, long size) {
        HeaderBytes header = new HeaderBytes();
        header.fill(entry, size);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        if (header.pax.size() > 0) {
            all.writeBytes(paxHeader(entry.name(), header.pax.toByteArray()));
        }
        header.checksum();
        all.writeBytes(header.block);
        return all.toByteArray();
    }

    private void fill(TarEntry entry, long size) {
        if (entry.sparse() == null) {
            name(entry.name());
        } else {
            record("GNU.sparse.major", "1");
            record("GNU.sparse.minor", "0");
            record("GNU.sparse.name", entry.name());
            record("GNU.sparse.realsize", Long.toString(entry.size()));
            name(shortName("GNUSparseFile.0", entry.name()));
        }
        link(entry.linkName());
        octal(100, 8, entry.mode());
        octal(108, 8, number("uid", entry.uid(), 07777777));
        octal(116, 8, number("gid", entry.gid(), 07777777));
        octal(124, 12, number("size", size, 077777777777L));
        octal(136, 12, modified(entry.modified()));
        block[156] = (byte) entry.kind().flag();
        put(257, 8, "ustar\00000".getBytes(StandardCharsets.US_ASCII));
        if (entry.kind() == EntryKind.CHARACTER_DEVICE || entry.kind() == EntryKind.BLOCK_DEVICE) {
            octal(329, 8, entry.devMajor());
            octal(337, 8, entry.devMinor());
        }
        entry.xattrs().forEach((attribute, value) -> record("SCHILY.xattr." + attribute, value));
    }

    private void name(String name) {
        byte[] bytes = RawText.encode(name);
        if (!isAscii(bytes)) {
            record("path", bytes);
            put(0, NAME, ascii(bytes));
            return;
        }
        if (bytes.length <= NAME) {
            put(0, NAME, bytes);
            return;
        }
        int slash = splitAt(bytes);
        if (slash > 0) {
            put(345, PREFIX, Arrays.copyOf(bytes, slash));
            put(0, NAME, Arrays.copyOfRange(bytes, slash + 1, bytes.length));
        } else {
            record("path", bytes);
            put(0, NAME, bytes);
        }
    }

    // the slash that leaves both halves short enough, and the last name not empty; 0 when there is
    // none
    private static int splitAt(byte[] name) {
        for (int i = Math.min(PREFIX, name.length - 2); i > 0; i--) {
            if (name[i] == '/') {
                return name.length - i - 1 <= NAME ? i : 0;
            }
        }
        return 0;
    }

    private void link(String target) {
        byte[] bytes = RawText.encode(target);
        if (bytes.length > NAME || !isAscii(bytes)) {
            record("linkpath", bytes);
        }
        put(157, NAME, ascii(bytes));
    }

    private long number(String key, long value, long largest) {
        if (value <= largest) {
            return value;
        }
        record(key, Long.toString(value));
        return 0;
    }

    private long modified(Instant time) {
        long seconds = time.getEpochSecond();
        if (time.getNano() == 0 && seconds >= 0 && seconds <= 077777777777L) {
            return seconds;
        }
        record("mtime", decimal(time));
        return Math.clamp(seconds, 0, 077777777777L);
    }

    /// `-1.5` for half a second before -1, as pax has it: sign and magnitude.
    static String decimal(Instant time) {
        long seconds = time.getEpochSecond();
        long nanos = time.getNano();
        boolean negative = seconds < 0;
        if (negative && nanos > 0) {
            seconds++;
            nanos = 1_000_000_000 - nanos;
        }
        String whole = (negative ? "-" : "") + Math.abs(seconds);
        return nanos == 0 ? whole : whole + "." + fraction(nanos);
    }

    /// Nine digits without the zeros at their end.
    private static String fraction(long nanos) {
        String digits = Long.toString(1_000_000_000 + nanos);
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return digits.substring(1, end);
    }

    private void record(String key, String value) {
        record(key, RawText.encode(value));
    }

    private void record(String key, byte[] value) {
        byte[] keyBytes = RawText.encode(key);
        int rest = keyBytes.length + value.length + 3;
        int length = rest + Integer.toString(rest).length();
        // the length counts its own digits
        length = rest + Integer.toString(length).length();
        pax.writeBytes((length + " ").getBytes(StandardCharsets.US_ASCII));
        pax.writeBytes(keyBytes);
        pax.write('=');
        pax.writeBytes(value);
        pax.write('\n');
    }

    private static byte[] paxHeader(String name, byte[] records) {
        HeaderBytes header = new HeaderBytes();
        header.put(0, NAME, ascii(RawText.encode(shortName("PaxHeaders.0", name))));
        header.octal(100, 8, 0644);
        header.octal(108, 8, 0);
        header.octal(116, 8, 0);
        header.octal(124, 12, records.length);
        header.octal(136, 12, 0);
        header.block[156] = 'x';
        header.put(257, 8, "ustar\00000".getBytes(StandardCharsets.US_ASCII));
        header.checksum();
        int whole = (records.length + Block.SIZE - 1) / Block.SIZE * Block.SIZE;
        byte[] all = Arrays.copyOf(header.block, Block.SIZE + whole);
        System.arraycopy(records, 0, all, Block.SIZE, records.length);
        return all;
    }

    private static String shortName(String folder, String name) {
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) == '/') {
            end--;
        }
        String last = name.substring(name.lastIndexOf('/', end - 1) + 1, end);
        String joined = folder + "/" + (last.isEmpty() ? "." : last);
        return new String(ascii(RawText.encode(joined)), StandardCharsets.US_ASCII)
                .substring(0, Math.min(NAME, RawText.encode(joined).length));
    }

    private void octal(int offset, int length, long value) {
        String digits = Long.toOctalString(value);
        put(
                offset,
                length,
                ("0".repeat(length - 1 - digits.length()) + digits)
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private void put(int offset, int length, byte[] bytes) {
        System.arraycopy(bytes, 0, block, offset, Math.min(length, bytes.length));
    }

    private void checksum() {
        Arrays.fill(block, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        octal(148, 7, sum);
        block[154] = 0;
        block[155] = ' ';
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b <= 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(byte[] bytes) {
        byte[] plain = bytes.clone();
        for (int i = 0; i < plain.length; i++) {
            plain[i] = plain[i] > 0 ? plain[i] : (byte) '_';
        }
        return plain;
    }
}
