package dev.carafe.engine.state;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the checks of a container said. The moves are pure, and Docker's: see the functions.
///
/// @param failingStreak failures since the last success that count
/// @param log the last five results, oldest first
@Json
public record Health(Status status, int failingStreak, List<Result> log) {
    private static final int KEPT = 5;

    /// Nothing was checked yet.
    public static final Health UNKNOWN = new Health(Status.STARTING, 0, List.of());

    public enum Status {
        STARTING,
        HEALTHY,
        UNHEALTHY;

        /// Docker's word for it: `starting`, `healthy`, `unhealthy`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// One check.
    ///
    /// @param exitCode 0: well; -1: it took too long or could not be run
    /// @param output of both streams, cut where it was too long
    @Json
    public record Result(Instant start, Instant end, int exitCode, String output) {}

    /// After a check.
    ///
    /// @param retries failures in a row that make it unhealthy
    /// @param inStartPeriod failures do not count yet, unless it has been well before
    public Health after(Result result, int retries, boolean inStartPeriod) {
        List<Result> kept = new ArrayList<>(log.size() < KEPT ? log : log.subList(1, log.size()));
        kept.add(result);
        if (result.exitCode() == 0) {
            return new Health(Status.HEALTHY, 0, kept);
        }
        if (status == Status.STARTING && inStartPeriod) {
            return new Health(status, failingStreak, kept);
        }
        int streak = failingStreak + 1;
        return new Health(streak >= retries ? Status.UNHEALTHY : status, streak, kept);
    }

    /// What a move of the container's life does to it: a start begins anew and keeps the log; while
    /// nobody checks, because it is frozen or has ended, Docker calls it unhealthy.
    ///
    /// @param before null when it was never checked
    /// @param checked whether its configuration has a check
    public static @Nullable Health onMove(
            @Nullable Health before, ContainerState from, ContainerState to, boolean checked) {
        if (to instanceof ContainerState.Running && !from.isRunning()) {
            return !checked
                    ? null
                    : new Health(Status.STARTING, 0, before == null ? List.of() : before.log());
        }
        boolean halted = from instanceof ContainerState.Running && !isRunning(to);
        return halted && before != null
                ? new Health(Status.UNHEALTHY, before.failingStreak(), before.log())
                : before;
    }

    private static boolean isRunning(ContainerState state) {
        return state instanceof ContainerState.Running;
    }
}
