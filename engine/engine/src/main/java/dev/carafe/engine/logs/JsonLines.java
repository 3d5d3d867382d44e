package dev.carafe.engine.logs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Builds the bytes of Docker's json-file records: one JSON object a line. Not thread-safe; the
/// buffer is reused.
final class JsonLines {
    /// Docker's longest record: a longer line becomes several.
    static final int LONGEST_LINE = 16 << 10;

    private static final byte[] HEX = ascii("0123456789abcdef");
    private static final byte[] START = ascii("{\"log\":\"");
    private static final byte[] STREAM = ascii("\",\"stream\":\"");
    private static final byte[] OUT = ascii("stdout\",\"");
    private static final byte[] ERR = ascii("stderr\",\"");
    private static final byte[] ATTRIBUTES = ascii("attrs\":");
    private static final byte[] NEXT = ascii(",\"");
    private static final byte[] TIME = ascii("time\":\"");
    private static final byte[] END = ascii("\"}\n");
    private static final byte[] REPLACEMENT = ascii("\\ufffd");

    /// All of a record but its text and attributes, and one escape, at most.
    private static final int FRAME = 112;

    private final Timestamps times = new Timestamps();
    private byte[] buffer = new byte[1 << 17];
    private int length;
    private int records;

    /// Encodes the chunk's lines until one has made the result `limit` bytes long. The first record
    /// gets this time, each further one a nanosecond more, so that no two are alike.
    ///
    /// @param attributes JSON object of each record; empty: none
    /// @return index behind the last line taken
    int encode(
            StreamKind stream,
            byte[] data,
            int from,
            int to,
            long nanos,
            byte[] attributes,
            long limit) {
        length = 0;
        records = 0;
        byte[] kind = stream == StreamKind.STDERR ? ERR : OUT;
        int line = from;
        while (line < to && length < limit) {
            reserve(attributes.length);
            put(START);
            int end = text(data, line, Math.min(to, line + LONGEST_LINE), attributes.length);
            put(STREAM);
            put(kind);
            if (attributes.length > 0) {
                put(ATTRIBUTES);
                put(attributes);
                put(NEXT);
            }
            put(TIME);
            length = times.put(nanos + records, buffer, length);
            put(END);
            records++;
            line = end;
        }
        return line;
    }

    byte[] bytes() {
        return buffer;
    }

    int length() {
        return length;
    }

    /// How many the last call made.
    int records() {
        return records;
    }

    /// Puts a line's text and newline, in one pass over the bytes.
    ///
    /// @param more room to leave behind it
    /// @return index behind the newline, or `to` when there is none
    private int text(byte[] data, int from, int to, int more) {
        int i = from;
        while (true) {
            int special = Words.special(data, i, to);
            reserve(special - i + more);
            System.arraycopy(data, i, buffer, length, special - i);
            length += special - i;
            if (special == to) {
                return to;
            }
            byte b = data[special];
            i = special + (b >= 0 ? escape(b) : beyond(data, special, to));
            if (b == '\n') {
                return i;
            }
        }
    }

    private int escape(byte b) {
        byte[] out = buffer;
        int n = length;
        out[n++] = '\\';
        switch (b) {
            case '\n' -> out[n++] = 'n';
            case '\r' -> out[n++] = 'r';
            case '"', '\\' -> out[n++] = b;
            default -> {
                out[n++] = 'u';
                out[n++] = '0';
                out[n++] = '0';
                out[n++] = HEX[b >> 4];
                out[n++] = HEX[b & 15];
            }
        }
        length = n;
        return 1;
    }

    /// Copies a character beyond ASCII.
    ///
    /// @return how many bytes it had
    private int beyond(byte[] data, int i, int to) {
        int size = utf8(data, i, to);
        if (size == 0) {
            put(REPLACEMENT);
            return 1;
        }
        boolean separator =
                size == 3
                        && data[i] == (byte) 0xe2
                        && data[i + 1] == (byte) 0x80
                        && (data[i + 2] & 0xfe) == 0xa8;
        if (separator) {
            put(ascii(data[i + 2] == (byte) 0xa8 ? "\\u2028" : "\\u2029"));
        } else {
            System.arraycopy(data, i, buffer, length, size);
            length += size;
        }
        return size;
    }

    /// Length of the valid UTF-8 sequence at `i`, or 0.
    private static int utf8(byte[] data, int i, int to) {
        int b = data[i] & 0xff;
        int size = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
        if (b < 0xc2 || b > 0xf4 || i + size > to) {
            return 0;
        }
        for (int k = 1; k < size; k++) {
            if ((data[i + k] & 0xc0) != 0x80) {
                return 0;
            }
        }
        int second = data[i + 1] & 0xff;
        boolean bad =
                (b == 0xe0 && second < 0xa0)
                        || (b == 0xed && second > 0x9f)
                        || (b == 0xf0 && second < 0x90)
                        || (b == 0xf4 && second > 0x8f);
        return bad ? 0 : size;
    }

    private void put(byte[] bytes) {
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    /// Sees to it that so many bytes, an escape and a frame fit.
    private void reserve(int more) {
        if (buffer.length - length < more + FRAME) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more + FRAME));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
