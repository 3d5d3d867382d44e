package dev.carafe.engine.container;

import dev.carafe.engine.config.RestartPolicy;
import dev.carafe.engine.state.ExitStatus;
import java.time.Duration;

/// When a container that ended is started again, and how long that waits: Docker's policies and
/// back-off.
final class RestartRules {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration LONG_RUN = Duration.ofSeconds(10);

    private RestartRules() {}

    static boolean restarts(ContainerRecord record, ExitStatus status) {
        if (record.stoppedByUser()) {
            return false;
        }
        RestartPolicy policy = record.host().restartPolicy();
        return switch (policy.name()) {
            case "always", "unless-stopped" -> true;
            case "on-failure" ->
                    status.shellCode() != 0
                            && (policy.maximumRetryCount() == 0
                                    || record.restartCount() < policy.maximumRetryCount());
            default -> false;
        };
    }

    /// @param attempt starts with 0; restarts since the last long run
    static Duration delay(int attempt) {
        Duration delay = FIRST.multipliedBy(1L << Math.min(attempt, 20));
        return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    }

    static boolean wasLong(Duration run) {
        return run.compareTo(LONG_RUN) >= 0;
    }
}
