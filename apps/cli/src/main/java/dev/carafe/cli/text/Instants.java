package dev.carafe.cli.text;

import dev.carafe.cli.flags.BadValue;
import dev.carafe.cli.flags.Values;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Points in time, read and printed as Docker does.
public final class Instants {
    private Instants() {}

    /// The time of `--since` and `--until` as the API takes it, seconds and nanoseconds: a Go
    /// duration before now (`10m`), a date, a date and time with or without zone, or Unix seconds
    /// as they are. Something else goes to the server as it is.
    public static String stamp(String text, long nowMillis) {
        if (text.isEmpty() || isNumber(text)) {
            return text;
        }
        try {
            return seconds(Instant.ofEpochMilli(nowMillis).minusNanos(Values.duration(text)));
        } catch (BadValue notDuration) {
            return date(text);
        }
    }

    private static String date(String text) {
        try {
            int t = text.indexOf('T');
            if (t < 0) {
                return seconds(
                        LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant());
            }
            boolean zoned =
                    text.endsWith("Z") || text.indexOf('+', t) > 0 || text.indexOf('-', t) > 0;
            String full = text.length() == t + 3 ? text + ":00" : text;
            return seconds(
                    zoned
                            ? OffsetDateTime.parse(full).toInstant()
                            : LocalDateTime.parse(full).atZone(ZoneId.systemDefault()).toInstant());
        } catch (DateTimeException e) {
            return text;
        }
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isDigit(c) && c != '.' && !(c == '-' && i == 0)) {
                return false;
            }
        }
        return true;
    }

    private static String seconds(Instant instant) {
        String nanos = Integer.toString(instant.getNano());
        return instant.getEpochSecond() + "." + "000000000".substring(nanos.length()) + nanos;
    }

    /// Seconds since 1970 of an RFC 3339 text; 0 when it is none.
    public static long epochSeconds(String rfc3339) {
        try {
            return rfc3339.isEmpty() ? 0 : OffsetDateTime.parse(rfc3339).toEpochSecond();
        } catch (DateTimeException e) {
            return 0;
        }
    }

    /// Go's `time.Time.String`: `2025-11-25 07:20:01 +0000 UTC`, in this machine's zone.
    public static String goString(long epochSeconds) {
        ZonedDateTime time = Instant.ofEpochSecond(epochSeconds).atZone(ZoneId.systemDefault());
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss Z zzz", Locale.ROOT).format(time);
    }

    /// RFC 3339 with nanoseconds in this machine's zone, as events show their time.
    public static String rfc3339Nano(long epochNanos) {
        Instant instant =
                Instant.ofEpochSecond(
                        Math.floorDiv(epochNanos, 1_000_000_000L),
                        Math.floorMod(epochNanos, 1_000_000_000L));
        return DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSSXXX", Locale.ROOT)
                .format(instant.atZone(ZoneId.systemDefault()));
    }
}
