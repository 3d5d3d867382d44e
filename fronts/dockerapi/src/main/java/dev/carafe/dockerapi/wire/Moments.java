package dev.carafe.dockerapi.wire;

import dev.carafe.base.InvalidArgument;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The moments of `until` filters: seconds since 1970, a date, or how long ago (`24h`, `1h30m`).
public final class Moments {
    private static final Map<String, BigDecimal> NANOS =
            Map.of(
                    "ns", BigDecimal.ONE,
                    "us", BigDecimal.valueOf(1_000),
                    "µs", BigDecimal.valueOf(1_000),
                    "ms", BigDecimal.valueOf(1_000_000),
                    "s", BigDecimal.valueOf(1_000_000_000L),
                    "m", BigDecimal.valueOf(60_000_000_000L),
                    "h", BigDecimal.valueOf(3_600_000_000_000L));
    private static final Pattern PART =
            Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{0,9})?|\\.[0-9]{1,9})(ns|us|µs|ms|s|m|h)");
    private static final Pattern SPAN = Pattern.compile("(?:" + PART.pattern() + ")+");
    private static final Pattern LOCAL =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}(T\\d{2}(:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?)?)?");

    private Moments() {}

    /// @param zone of dates that name none
    /// @throws InvalidArgument for anything else
    public static Instant parse(String text, Instant now, ZoneId zone) {
        try {
            if (SPAN.matcher(text).matches()) {
                return now.minusNanos(nanos(text));
            }
            if (LOCAL.matcher(text).matches()) {
                return local(text).atZone(zone).toInstant();
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw unreadable(text);
        }
        return exact(text);
    }

    public static Instant parse(String text) {
        return parse(text, Instant.now(), ZoneId.systemDefault());
    }

    private static Instant exact(String text) {
        try {
            Instant moment = Times.parse(text);
            if (moment != null) {
                return moment;
            }
        } catch (InvalidArgument e) {
            throw unreadable(text);
        }
        throw new InvalidArgument("invalid filter 'until'");
    }

    private static InvalidArgument unreadable(String text) {
        return new InvalidArgument("failed to parse value as time or duration: \"" + text + "\"");
    }

    private static long nanos(String span) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Matcher m = PART.matcher(span); m.find(); ) {
            sum = sum.add(new BigDecimal(m.group(1)).multiply(NANOS.get(m.group(2))));
        }
        return sum.toBigInteger().longValueExact();
    }

    private static LocalDateTime local(String text) {
        int t = text.indexOf('T');
        if (t < 0) {
            return LocalDate.parse(text).atStartOfDay();
        }
        String time = text.substring(t + 1);
        LocalTime clock =
                LocalTime.parse(
                        time.length() == 2 ? time + ":00" : time, DateTimeFormatter.ISO_LOCAL_TIME);
        return LocalDate.parse(text.substring(0, t)).atTime(clock);
    }
}
