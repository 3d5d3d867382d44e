package dev.carafe.snapshots.tar;

import dev.carafe.base.InvalidArgument;
import dev.carafe.linux.RawText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The fields of one 512-byte header block, somewhere in a buffer (POSIX.1-2017 `pax`, "ustar
/// Interchange Format").
final class Block {
    static final int SIZE = 512;

    private static final byte[] ZERO = new byte[SIZE];
    private static final int CHECKSUM = 148;

    private final byte[] bytes;
    private final int start;

    Block(byte[] bytes, int start) {
        this.bytes = bytes;
        this.start = start;
    }

    boolean isZero() {
        return Arrays.equals(bytes, start, start + SIZE, ZERO, 0, SIZE);
    }

    /// True when the stored checksum is that of the block, with bytes taken as unsigned or (old
    /// writers) as signed.
    boolean checksumMatches() {
        int unsigned = 0;
        int signed = 0;
        for (int i = 0; i < SIZE; i++) {
            byte b = i >= CHECKSUM && i < CHECKSUM + 8 ? (byte) ' ' : bytes[start + i];
            unsigned += b & 0xff;
            signed += b;
        }
        long stored = number(CHECKSUM, 8);
        return stored == unsigned || stored == signed;
    }

    byte at(int offset) {
        return bytes[start + offset];
    }

    boolean has(int offset, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
        return Arrays.equals(
                bytes, start + offset, start + offset + wanted.length, wanted, 0, wanted.length);
    }

    /// A text field: up to its first zero byte.
    String text(int offset, int length) {
        int from = start + offset;
        int end = from;
        boolean ascii = true;
        while (end < from + length && bytes[end] != 0) {
            ascii &= bytes[end] > 0;
            end++;
        }
        return ascii
                ? new String(bytes, from, end - from, StandardCharsets.ISO_8859_1)
                : RawText.decode(bytes, from, end - from);
    }

    /// A number field: octal digits within spaces and zeros, or base 256 when the first bit is set
    /// (GNU tar manual, "Extensions"); an empty field is 0.
    ///
    /// @throws dev.carafe.base.InvalidArgument when it is neither, or does not fit 63 bits
    long number(int offset, int length) {
        int at = start + offset;
        int end = at + length;
        if ((bytes[at] & 0x80) != 0) {
            return base256(at, end);
        }
        while (at < end && (bytes[at] == ' ' || bytes[at] == 0)) {
            at++;
        }
        long value = 0;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '7') {
            value = value << 3 | (bytes[at] - '0');
            at++;
        }
        while (at < end) {
            if (bytes[at] != ' ' && bytes[at] != 0) {
                throw BadTar.stream("a header field is no number");
            }
            at++;
        }
        return value;
    }

    /// True when the field could be a number; the formats overlap and can only be told apart so.
    boolean isNumber(int offset, int length) {
        try {
            number(offset, length);
            return true;
        } catch (InvalidArgument e) {
            return false;
        }
    }

    private long base256(int from, int end) {
        boolean negative = (bytes[from] & 0x40) != 0;
        long value = negative ? -1 : 0;
        for (int i = from; i < end; i++) {
            long b = i == from ? (negative ? bytes[i] : bytes[i] & 0x7f) : bytes[i] & 0xff;
            if (value << 8 >> 8 != value) {
                throw BadTar.stream("a header field is too large a number");
            }
            value = value << 8 | (b & 0xff);
        }
        if (value < 0 != negative) {
            throw BadTar.stream("a header field is too large a number");
        }
        return value;
    }
}
