package dev.carafe.engine.container;

import dev.carafe.engine.config.RestartPolicy;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.engine.state.ExitStatus;
import java.time.Duration;

/// When a container that ended is started again, and how long that waits: Docker's policies and
/// back-off.
final class RestartRules {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration LONG_RUN = Duration.ofSeconds(10);

    private RestartRules() {}

    /// Whether a container that has ended is started again.
    static boolean restarts(ContainerRecord record, ExitStatus status) {
        if (record.stoppedByUser()) {
            return false;
        }
        RestartPolicy policy = record.host().restartPolicy();
        return switch (policy.name()) {
            case "always", "unless-stopped" -> true;
            case "on-failure" -> status.shellCode() != 0 && isTriesLeft(record, policy);
            default -> false;
        };
    }

    private static boolean isTriesLeft(ContainerRecord record, RestartPolicy policy) {
        return policy.maximumRetryCount() == 0
                || record.restartCount() < policy.maximumRetryCount();
    }

    /// Whether a container that does not run is started when the daemon starts: `always` also when
    /// somebody stopped it.
    static boolean startsWithDaemon(ContainerRecord record) {
        boolean ranBefore =
                record.state() instanceof ContainerState.Exited e && e.startedAt() != null;
        return ranBefore
                && switch (record.host().restartPolicy().name()) {
                    case "always" -> true;
                    case "unless-stopped" -> !record.stoppedByUser();
                    default -> false;
                };
    }

    /// What the next restart waits.
    ///
    /// @param quickEnds ends in a row after short runs, before this one
    static Duration delay(int quickEnds) {
        Duration delay = FIRST.multipliedBy(1L << Math.min(quickEnds, 20));
        return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    }

    static boolean wasLong(Duration run) {
        return run.compareTo(LONG_RUN) >= 0;
    }
}
