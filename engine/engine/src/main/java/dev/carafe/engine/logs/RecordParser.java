package dev.carafe.engine.logs;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one line of the file.
final class RecordParser {
    private static final byte[] STDERR = "stderr".getBytes(StandardCharsets.US_ASCII);
    private final byte[] data;
    private final int end;
    private int at;

    private RecordParser(byte[] data, int from, int end) {
        this.data = data;
        this.at = from;
        this.end = end;
    }

    /// Null when the line is damaged.
    static @Nullable LogRecord parse(byte[] data, int from, int length) {
        try {
            return new RecordParser(data, from, from + length).record();
        } catch (IndexOutOfBoundsException | IllegalArgumentException | DateTimeException e) {
            return null;
        }
    }

    private LogRecord record() {
        byte[] line = new byte[0];
        StreamKind stream = StreamKind.STDOUT;
        Instant time = Instant.EPOCH;
        Map<String, String> attributes = Map.of();
        expect('{');
        while (data[at] != '}') {
            String key = new String(string(), StandardCharsets.UTF_8);
            expect(':');
            switch (key) {
                case "log" -> line = string();
                case "stream" ->
                        stream =
                                Arrays.equals(string(), STDERR)
                                        ? StreamKind.STDERR
                                        : StreamKind.STDOUT;
                case "time" ->
                        time = Instant.parse(new String(string(), StandardCharsets.US_ASCII));
                case "attrs" -> attributes = attributes();
                default -> string();
            }
            if (data[at] == ',') {
                at++;
            }
        }
        return new LogRecord(time, stream, line, attributes);
    }

    private Map<String, String> attributes() {
        Map<String, String> all = new LinkedHashMap<>();
        expect('{');
        while (data[at] != '}') {
            String key = new String(string(), StandardCharsets.UTF_8);
            expect(':');
            all.put(key, new String(string(), StandardCharsets.UTF_8));
            if (data[at] == ',') {
                at++;
            }
        }
        at++;
        return all;
    }

    private void expect(char c) {
        if (at >= end || data[at++] != c) {
            throw new IllegalArgumentException();
        }
    }

    private byte[] string() {
        expect('"');
        byte[] out = new byte[end - at];
        int n = 0;
        while (data[at] != '"') {
            byte b = data[at++];
            if (b != '\\') {
                out[n++] = b;
                continue;
            }
            byte e = data[at++];
            switch (e) {
                case 'n' -> out[n++] = '\n';
                case 'r' -> out[n++] = '\r';
                case 't' -> out[n++] = '\t';
                case 'b' -> out[n++] = '\b';
                case 'f' -> out[n++] = '\f';
                case 'u' -> n = unicode(out, n);
                default -> out[n++] = e;
            }
        }
        at++;
        return Arrays.copyOf(out, n);
    }

    private int unicode(byte[] out, int n) {
        int value = Integer.parseInt(new String(data, at, 4, StandardCharsets.US_ASCII), 16);
        at += 4;
        byte[] utf8 = String.valueOf((char) value).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(utf8, 0, out, n, utf8.length);
        return n + utf8.length;
    }
}
