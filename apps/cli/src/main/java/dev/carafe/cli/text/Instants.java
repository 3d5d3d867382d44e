package dev.carafe.cli.text;

import dev.carafe.cli.flags.BadValue;
import dev.carafe.cli.flags.Values;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/// Points in time, read and printed as Docker does.
public final class Instants {
    private Instants() {}

    /// The time of `--since` and `--until` as the API takes it, seconds and nanoseconds: a Go
    /// duration before now (`10m`), a date, a date and time with or without minutes, seconds and
    /// zone, or Unix seconds as they are.
    ///
    /// @throws BadValue when the text is none of these
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
            TemporalAccessor time =
                    Dates.FORMAT.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return seconds(
                    time instanceof OffsetDateTime zoned
                            ? zoned.toInstant()
                            : LocalDateTime.from(time).atZone(ZoneId.systemDefault()).toInstant());
        } catch (DateTimeException e) {
            throw new BadValue("failed to parse value as time or duration: \"" + text + "\"");
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

    /// Apart, since most commands read no date.
    private static final class Dates {
        /// `2006-01-02`, `2006-01-02T15`, `2006-01-02T15:04`, `2006-01-02T15:04:05.9`, each with or
        /// without a zone.
        static final DateTimeFormatter FORMAT =
                new DateTimeFormatterBuilder()
                        .append(DateTimeFormatter.ISO_LOCAL_DATE)
                        .optionalStart()
                        .appendPattern("'T'HH[:mm[:ss]]")
                        .optionalStart()
                        .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
                        .optionalEnd()
                        .optionalEnd()
                        .optionalStart()
                        .appendOffsetId()
                        .optionalEnd()
                        .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
                        .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
                        .parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0)
                        .parseDefaulting(ChronoField.NANO_OF_SECOND, 0)
                        .toFormatter(Locale.ROOT);
    }
}
