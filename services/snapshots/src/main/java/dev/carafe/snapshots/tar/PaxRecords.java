package dev.carafe.snapshots.tar;

import dev.carafe.linux.RawText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// The records of a pax extended header, `LENGTH KEY=VALUE\n` each (POSIX.1-2017 `pax`, "pax
/// Extended Header").
final class PaxRecords {
    private static final Pattern TIME = Pattern.compile("(-?)([0-9]{1,18})(?:\\.([0-9]*))?");

    private PaxRecords() {}

    /// One record; the value is bytes, for xattrs are.
    record Item(String key, byte[] value) {
        String text() {
            return RawText.decode(value);
        }

        long number() {
            String digits = text();
            if (digits.isEmpty()
                    || digits.length() > 18
                    || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw BadTar.stream("the pax record " + BadTar.shown(key) + " is no number");
            }
            return Long.parseLong(digits);
        }

        Instant time() {
            var m = TIME.matcher(text());
            if (!m.matches()) {
                throw BadTar.stream("the pax record " + BadTar.shown(key) + " is no time");
            }
            String fraction = m.group(3) == null ? "" : m.group(3);
            long nanos = Long.parseLong((fraction + "000000000").substring(0, 9));
            long seconds = Long.parseLong(m.group(2));
            try {
                return m.group(1).isEmpty()
                        ? Instant.ofEpochSecond(seconds, nanos)
                        : Instant.ofEpochSecond(-seconds, -nanos);
            } catch (DateTimeException e) {
                throw BadTar.stream("the pax record " + BadTar.shown(key) + " is no time");
            }
        }
    }

    static List<Item> parse(byte[] data) {
        List<Item> items = new ArrayList<>();
        int at = 0;
        while (at < data.length && data[at] != 0) {
            int space = indexOf(data, ' ', at, Math.min(data.length, at + 10));
            int length = length(data, at, space);
            int end = at + length;
            int equals = space < 0 ? -1 : indexOf(data, '=', space + 1, Math.min(end, data.length));
            if (end > data.length || equals <= space + 1 || data[end - 1] != '\n') {
                throw BadTar.stream("a pax header is malformed");
            }
            String key = RawText.decode(data, space + 1, equals - space - 1);
            items.add(new Item(key, Arrays.copyOfRange(data, equals + 1, end - 1)));
            at = end;
        }
        return items;
    }

    private static int length(byte[] data, int from, int space) {
        int value = 0;
        for (int i = from; i < space; i++) {
            if (data[i] < '0' || data[i] > '9') {
                throw BadTar.stream("a pax header is malformed");
            }
            value = value * 10 + data[i] - '0';
        }
        if (space < 0 || value < space - from + 3) {
            throw BadTar.stream("a pax header is malformed");
        }
        return value;
    }

    private static int indexOf(byte[] data, char wanted, int from, int end) {
        for (int i = from; i < end; i++) {
            if (data[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
