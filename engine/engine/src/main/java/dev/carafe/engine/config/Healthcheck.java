package dev.carafe.engine.config;

import io.avaje.jsonb.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How to ask a container whether it is well. Null durations and 0 take Docker's defaults.
///
/// @param test empty: the image's; `NONE`; `CMD` and arguments; `CMD-SHELL` and one string
/// @param intervalNanos from the end of a check to the next; 30 s
/// @param timeoutNanos after which a check is killed and has failed; 30 s
/// @param startPeriodNanos in which failures do not count; none
/// @param startIntervalNanos in place of the interval while in the start period; 5 s
/// @param retries failures in a row that make it unhealthy; 3
@Json
public record Healthcheck(
        List<String> test,
        @Nullable Long intervalNanos,
        @Nullable Long timeoutNanos,
        @Nullable Long startPeriodNanos,
        @Nullable Long startIntervalNanos,
        @Nullable Integer retries) {
    private static final List<String> DEFAULT_SHELL = List.of("/bin/sh", "-c");

    /// The words to run; empty when there is nothing to check.
    ///
    /// @param shell of the container's configuration; null or empty: `/bin/sh -c`
    public List<String> command(@Nullable List<String> shell) {
        if (test.isEmpty()) {
            return List.of();
        }
        List<String> rest = test.subList(1, test.size());
        return switch (test.getFirst()) {
            case "CMD" -> rest;
            case "CMD-SHELL" -> {
                List<String> words =
                        new ArrayList<>(shell == null || shell.isEmpty() ? DEFAULT_SHELL : shell);
                words.addAll(rest);
                yield words;
            }
            default -> List.of();
        };
    }

    /// Whether a container with this configuration is checked.
    public static boolean isSet(ContainerConfig config) {
        Healthcheck check = config.healthcheck();
        return check != null && !check.command(config.shell()).isEmpty();
    }

    public Duration interval() {
        return or(intervalNanos, Duration.ofSeconds(30));
    }

    public Duration timeout() {
        return or(timeoutNanos, Duration.ofSeconds(30));
    }

    public Duration startPeriod() {
        return or(startPeriodNanos, Duration.ZERO);
    }

    public Duration startInterval() {
        return or(startIntervalNanos, Duration.ofSeconds(5));
    }

    public int failures() {
        return retries == null || retries <= 0 ? 3 : retries;
    }

    /// How long the next check waits.
    ///
    /// @param sinceStart of the container
    /// @param starting no check has succeeded yet
    public Duration wait(Duration sinceStart, boolean starting) {
        boolean inStartPeriod = sinceStart.compareTo(startPeriod()) < 0;
        return inStartPeriod && starting ? startInterval() : interval();
    }

    private static Duration or(@Nullable Long nanos, Duration otherwise) {
        return nanos == null || nanos == 0 ? otherwise : Duration.ofNanos(nanos);
    }
}
