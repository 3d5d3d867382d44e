package dev.carafe.engine.logs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/// Builds the bytes of Docker's json-file records: one JSON object a line. Not thread-safe; the
/// buffer is reused.
final class JsonLines {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] START = ascii("{\"log\":\"");
    private static final byte[] STDOUT = ascii("\",\"stream\":\"stdout\",\"time\":\"");
    private static final byte[] STDERR = ascii("\",\"stream\":\"stderr\",\"time\":\"");
    private static final byte[] END = ascii("\"}\n");
    private static final byte[] REPLACEMENT = ascii("\\ufffd");
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    /// 0: as it is; else the letter behind the backslash, or 'u'.
    private static final byte[] ESCAPES = escapes();

    private byte[] buffer = new byte[1 << 17];
    private int length;

    /// Encodes each line of the chunk as a record of this time.
    void encode(StreamKind stream, byte[] data, int from, int to, Instant time) {
        length = 0;
        byte[] stamp = ascii(rfc3339Nano(time));
        byte[] middle = stream == StreamKind.STDERR ? STDERR : STDOUT;
        int line = from;
        while (line < to) {
            int end = line;
            while (end < to && data[end] != '\n') {
                end++;
            }
            end = Math.min(end + 1, to);
            reserve((end - line) * 6 + 128);
            put(START);
            text(data, line, end);
            put(middle);
            put(stamp);
            put(END);
            line = end;
        }
    }

    byte[] bytes() {
        return buffer;
    }

    int length() {
        return length;
    }

    /// Go's RFC3339Nano: zeros at the end of the fraction are left out.
    static String rfc3339Nano(Instant time) {
        String seconds = SECONDS.format(time);
        int nanos = time.getNano();
        if (nanos == 0) {
            return seconds + "Z";
        }
        String fraction = String.valueOf(1_000_000_000L + nanos).substring(1);
        int end = fraction.length();
        while (fraction.charAt(end - 1) == '0') {
            end--;
        }
        return seconds + "." + fraction.substring(0, end) + "Z";
    }

    private void text(byte[] data, int from, int to) {
        byte[] out = buffer;
        int n = length;
        for (int i = from; i < to; i++) {
            byte b = data[i];
            if (b >= 0) {
                byte escape = ESCAPES[b];
                if (escape == 0) {
                    out[n++] = b;
                } else {
                    n = escaped(out, n, b, escape);
                }
            } else {
                int size = utf8(data, i, to);
                if (size == 0) {
                    n = copy(REPLACEMENT, out, n);
                } else if (size == 3
                        && b == (byte) 0xe2
                        && data[i + 1] == (byte) 0x80
                        && (data[i + 2] & 0xfe) == 0xa8) {
                    n = copy(ascii(data[i + 2] == (byte) 0xa8 ? "\\u2028" : "\\u2029"), out, n);
                    i += 2;
                } else {
                    for (int k = 0; k < size; k++) {
                        out[n++] = data[i + k];
                    }
                    i += size - 1;
                }
            }
        }
        length = n;
    }

    private static int escaped(byte[] out, int at, byte b, byte escape) {
        int n = at;
        out[n++] = '\\';
        out[n++] = escape;
        if (escape == 'u') {
            out[n++] = '0';
            out[n++] = '0';
            out[n++] = HEX[b >> 4];
            out[n++] = HEX[b & 15];
        }
        return n;
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

    private static int copy(byte[] from, byte[] out, int at) {
        System.arraycopy(from, 0, out, at, from.length);
        return at + from.length;
    }

    private void put(byte[] bytes) {
        length = copy(bytes, buffer, length);
    }

    private void reserve(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }

    private static byte[] escapes() {
        byte[] table = new byte[128];
        Arrays.fill(table, 0, 32, (byte) 'u');
        table['\n'] = 'n';
        table['\r'] = 'r';
        table['\t'] = 't';
        table['\b'] = 'b';
        table['\f'] = 'f';
        table['"'] = '"';
        table['\\'] = '\\';
        for (char c : new char[] {'<', '>', '&', 0x7f}) {
            table[c] = c == 0x7f ? 0 : (byte) 'u';
        }
        return table;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
