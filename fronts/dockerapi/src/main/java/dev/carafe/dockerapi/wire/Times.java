package dev.carafe.dockerapi.wire;

import dev.carafe.base.InvalidArgument;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Moments and spans as Go writes them.
public final class Times {
    /// Go's zero time: never.
    public static final String NEVER = "0001-01-01T00:00:00Z";

    private static final DateTimeFormatter NANO =
            new DateTimeFormatterBuilder()
                    .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .appendLiteral('Z')
                    .toFormatter()
                    .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter FIXED =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'")
                    .withZone(ZoneOffset.UTC);
    private static final Pattern SECONDS = Pattern.compile("-?[0-9]{1,12}(\\.[0-9]{1,9})?");

    private Times() {}

    /// RFC3339Nano in UTC: as many digits of a second as it takes; {@link #NEVER} for null.
    public static String nano(@Nullable Instant time) {
        return time == null ? NEVER : NANO.format(time);
    }

    /// With all nine digits, as in log lines.
    public static String fixed(Instant time) {
        return FIXED.format(time);
    }

    /// What `since` and `until` carry: seconds since 1970 with an optional fraction, or a date.
    ///
    /// @return null when empty; seconds of 0 are 1970
    public static @Nullable Instant parse(String text) {
        if (text.isEmpty()) {
            return null;
        }
        Matcher m = SECONDS.matcher(text);
        try {
            if (m.matches()) {
                BigDecimal value = new BigDecimal(text);
                long seconds = value.setScale(0, RoundingMode.FLOOR).longValueExact();
                long nanos =
                        value.subtract(BigDecimal.valueOf(seconds))
                                .movePointRight(9)
                                .longValueExact();
                return Instant.ofEpochSecond(seconds, nanos);
            }
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException | ArithmeticException e) {
            throw new InvalidArgument(
                    "parsing time \"" + text + "\": neither seconds since 1970 nor RFC 3339");
        }
    }

    /// A span in words, as in `Up 5 minutes`.
    public static String words(Duration span) {
        long seconds = span.toSeconds();
        if (seconds < 1) {
            return "Less than a second";
        }
        if (seconds == 1) {
            return "1 second";
        }
        if (seconds < 60) {
            return seconds + " seconds";
        }
        long minutes = span.toMinutes();
        if (minutes == 1) {
            return "About a minute";
        }
        if (minutes < 60) {
            return minutes + " minutes";
        }
        long hours = (minutes + 30) / 60;
        if (hours == 1) {
            return "About an hour";
        }
        return ofHours(hours);
    }

    private static String ofHours(long hours) {
        if (hours < 48) {
            return hours + " hours";
        }
        if (hours < 24 * 7 * 2) {
            return hours / 24 + " days";
        }
        if (hours < 24 * 30 * 2) {
            return hours / 24 / 7 + " weeks";
        }
        if (hours < 24 * 365 * 2) {
            return hours / 24 / 30 + " months";
        }
        return hours / 24 / 365 + " years";
    }
}
