package dev.carafe.engine.logs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one line of the file, undoing escapes where they stand: the text never becomes longer.
final class RecordParser {
    private static final byte[] START = ascii("{\"log\":\"");
    private static final byte[] OUT = ascii("\",\"stream\":\"stdout\",\"time\":\"");
    private static final byte[] ERR = ascii("\",\"stream\":\"stderr\",\"time\":\"");
    private final byte[] data;
    private final int end;
    private int at;

    /// End of the string read last; its begin is known to who asked for it.
    private int stringEnd;

    private RecordParser(byte[] data, int from, int end) {
        this.data = data;
        this.at = from;
        this.end = end;
    }

    /// Null when the line in [from, to) is damaged.
    static @Nullable LogRecord parse(byte[] data, int from, int to) {
        try {
            RecordParser parser = new RecordParser(data, from, to);
            LogRecord usual = parser.usual();
            return usual != null ? usual : parser.any();
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return null;
        }
    }

    /// The form that the writer gives to records without attributes; null when it is another, with
    /// the place kept.
    private @Nullable LogRecord usual() {
        if (!is(START, at)) {
            return null;
        }
        int text = at + START.length;
        at = text;
        unescape();
        int textEnd = stringEnd;
        boolean err = is(ERR, at - 1);
        if (!err && !is(OUT, at - 1)) {
            return rest(text, textEnd);
        }
        int time = at - 1 + OUT.length;
        int quote = Words.quote(data, time, end);
        if (quote >= end || data[quote] != '"') {
            throw new IllegalArgumentException("no time");
        }
        return record(
                text, textEnd, err ? StreamKind.STDERR : StreamKind.STDOUT, time, quote, Map.of());
    }

    private LogRecord record(
            int text,
            int textEnd,
            StreamKind stream,
            int time,
            int timeEnd,
            Map<String, String> attributes) {
        if (!Timestamps.isOne(data, time, timeEnd)) {
            throw new IllegalArgumentException("no time");
        }
        return new LogRecord(data, text, textEnd, stream, time, timeEnd, attributes);
    }

    private boolean is(byte[] expected, int from) {
        return from + expected.length <= end
                && Arrays.equals(expected, 0, expected.length, data, from, from + expected.length);
    }

    private LogRecord any() {
        expect('{');
        return rest(at, at);
    }

    /// The members from here on, when the text is known already or may still come.
    private LogRecord rest(int knownText, int knownEnd) {
        int text = knownText;
        int textEnd = knownEnd;
        StreamKind stream = StreamKind.STDOUT;
        int time = at;
        int timeEnd = at;
        Map<String, String> attributes = Map.of();
        while (data[at] != '}') {
            if (data[at] == ',') {
                at++;
            }
            String key = text();
            expect(':');
            switch (key) {
                case "log" -> {
                    text = at + 1;
                    string();
                    textEnd = stringEnd;
                }
                case "stream" ->
                        stream = text().equals("stderr") ? StreamKind.STDERR : StreamKind.STDOUT;
                case "time" -> {
                    time = at + 1;
                    string();
                    timeEnd = stringEnd;
                }
                case "attrs" -> attributes = attributes();
                default -> string();
            }
        }
        return record(text, textEnd, stream, time, timeEnd, attributes);
    }

    private Map<String, String> attributes() {
        Map<String, String> all = new LinkedHashMap<>();
        expect('{');
        while (data[at] != '}') {
            if (data[at] == ',') {
                at++;
            }
            String key = text();
            expect(':');
            all.put(key, text());
        }
        at++;
        return all;
    }

    private void expect(char c) {
        if (at >= end || data[at++] != c) {
            throw new IllegalArgumentException("not " + c);
        }
    }

    private String text() {
        int from = at + 1;
        string();
        return new String(data, from, stringEnd - from, StandardCharsets.UTF_8);
    }

    private void string() {
        expect('"');
        unescape();
    }

    /// From inside a string to behind its end.
    private void unescape() {
        int i = Words.quote(data, at, end);
        int out = i;
        while (data[i] == '\\') {
            int length = data[i + 1] == 'u' ? 6 : 2; // before it may be overwritten
            out = escaped(i, out);
            i += length;
            int next = Words.quote(data, i, end);
            System.arraycopy(data, i, data, out, next - i);
            out += next - i;
            i = next;
        }
        if (i >= end) {
            throw new IllegalArgumentException("no end");
        }
        stringEnd = out;
        at = i + 1;
    }

    private int escaped(int i, int out) {
        byte e = data[i + 1];
        if (e == 'u') {
            return unicode(i + 2, out);
        }
        byte plain =
                switch (e) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    default -> e;
                };
        data[out] = plain;
        return out + 1;
    }

    private int unicode(int digits, int out) {
        int value = Integer.parseInt(new String(data, digits, 4, StandardCharsets.US_ASCII), 16);
        byte[] utf8 = String.valueOf((char) value).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(utf8, 0, data, out, utf8.length);
        return out + utf8.length;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
