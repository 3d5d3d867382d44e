package dev.carafe.engine.logs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Times as nanoseconds since 1970, and as Go's RFC3339Nano text in UTC:
/// `2026-01-02T03:04:05.006Z`, zeros at the end of the fraction left out.
final class Timestamps {
    private static final long SECOND = 1_000_000_000L;
    private static final int LONGEST = 30;
    private static final byte[] SHAPE =
            "0000-00-00T00:00:00.000000000".getBytes(StandardCharsets.US_ASCII);
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.").withZone(ZoneOffset.UTC);

    private byte[] prefix = new byte[0];
    private long second = Long.MIN_VALUE;

    /// Now, in nanoseconds since 1970.
    static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * SECOND + now.getNano();
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }

    /// Clamped to what a long can say (years 1677 to 2262).
    static long nanos(Instant time) {
        try {
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), SECOND), time.getNano());
        } catch (ArithmeticException e) {
            return time.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /// Writes the text, at most 30 bytes.
    ///
    /// @return index behind it
    int put(long nanos, byte[] out, int at) {
        long wanted = Math.floorDiv(nanos, SECOND);
        if (wanted != second) {
            second = wanted;
            prefix =
                    SECONDS.format(Instant.ofEpochSecond(wanted))
                            .getBytes(StandardCharsets.US_ASCII);
        }
        System.arraycopy(prefix, 0, out, at, prefix.length);
        int n = at + prefix.length;
        int fraction = (int) Math.floorMod(nanos, SECOND);
        for (int i = n + 8, rest = fraction; i >= n; i--, rest /= 10) {
            out[i] = (byte) ('0' + rest % 10);
        }
        int end = n + 9;
        while (out[end - 1] == '0') {
            end--;
        }
        if (out[end - 1] == '.') {
            end--;
        }
        out[end++] = 'Z';
        return end;
    }

    /// Whether [from, to) has the form of such a text.
    static boolean isOne(byte[] data, int from, int to) {
        if (to - from < 20 || to - from > LONGEST || data[to - 1] != 'Z') {
            return false;
        }
        for (int i = from; i < to - 1; i++) {
            boolean digit = data[i] >= '0' && data[i] <= '9';
            if (digit == (SHAPE[i - from] != '0') || (!digit && data[i] != SHAPE[i - from])) {
                return false;
            }
        }
        return true;
    }

    /// Reads such a text in [from, to).
    static long parse(byte[] data, int from, int to) {
        long days =
                days(number(data, from, 4), number(data, from + 5, 2), number(data, from + 8, 2));
        long seconds =
                days * 86_400
                        + number(data, from + 11, 2) * 3600L
                        + number(data, from + 14, 2) * 60L
                        + number(data, from + 17, 2);
        long fraction = 0;
        int digits = Math.max(0, to - 1 - (from + 20));
        if (digits > 0) {
            fraction = number(data, from + 20, digits);
        }
        for (int i = digits; i < 9; i++) {
            fraction *= 10;
        }
        return seconds * SECOND + fraction;
    }

    private static int number(byte[] data, int from, int digits) {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            value = value * 10 + data[i] - '0';
        }
        return value;
    }

    /// Days since 1970-01-01 of the proleptic Gregorian calendar (months counted from March).
    private static long days(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(y, 400);
        int inEra = Math.floorMod(y, 400);
        int inYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        return era * 146_097 + inEra * 365L + inEra / 4 - inEra / 100 + inYear - 719_468;
    }
}
