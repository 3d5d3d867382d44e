package dev.carafe.engine.health;

import java.math.BigDecimal;
import java.time.Duration;

/// Durations as Go prints them, for sentences that clients know: `1m30s`, `1.5s`, `200ms`,
/// `2h0m0s`.
final class GoDuration {
    private GoDuration() {}

    /// @param duration not negative
    static String text(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos == 0) {
            return "0s";
        }
        if (nanos < 1_000) {
            return nanos + "ns";
        }
        if (nanos < 1_000_000) {
            return plain(nanos, 3) + "µs";
        }
        if (nanos < 1_000_000_000) {
            return plain(nanos, 6) + "ms";
        }
        long hours = duration.toHours();
        String seconds = plain(duration.minusMinutes(duration.toMinutes()).toNanos(), 9) + "s";
        if (hours > 0) {
            return hours + "h" + duration.toMinutesPart() + "m" + seconds;
        }
        return duration.toMinutes() > 0 ? duration.toMinutes() + "m" + seconds : seconds;
    }

    private static String plain(long nanos, int scale) {
        BigDecimal value = BigDecimal.valueOf(nanos, scale).stripTrailingZeros();
        return value.toPlainString();
    }
}
