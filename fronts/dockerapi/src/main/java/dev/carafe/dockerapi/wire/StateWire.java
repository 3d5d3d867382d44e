package dev.carafe.dockerapi.wire;

import dev.carafe.dockermodel.HealthResult;
import dev.carafe.dockermodel.HealthState;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.engine.state.ExitStatus;
import dev.carafe.engine.state.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A container's state as Docker's booleans and as words for people.
public final class StateWire {
    private StateWire() {}

    /// The `State` object of inspect.
    public static dev.carafe.dockermodel.ContainerState inspect(
            ContainerState state, @Nullable Health health, boolean oomKilled) {
        ContainerState.Running process = state.process();
        ContainerState.Exited exit = state.lastExit();
        ExitStatus status = exit == null ? null : exit.status();
        Instant started =
                process != null ? process.startedAt() : exit != null ? exit.startedAt() : null;
        boolean restarting = state instanceof ContainerState.Restarting;
        boolean never =
                status instanceof ExitStatus.NeverStarted
                        && exit != null
                        && exit.startedAt() == null;
        return new dev.carafe.dockermodel.ContainerState(
                word(state),
                process != null || restarting,
                state instanceof ContainerState.Paused,
                restarting,
                oomKilled || (status != null && status.oomKilled()),
                state instanceof ContainerState.Dead,
                process == null ? 0 : process.pid(),
                status == null ? 0 : status.shellCode(),
                status == null ? "" : status.error(),
                Times.nano(started),
                Times.nano(exit == null || never ? null : exit.finishedAt()),
                health == null ? null : health(health));
    }

    private static HealthState health(Health h) {
        List<HealthResult> log =
                h.log().stream()
                        .map(r ->
                                new HealthResult(
                                        Times.nano(r.start()),
                                        Times.nano(r.end()),
                                        r.exitCode(),
                                        r.output()))
                        .toList();
        return new HealthState(h.status().word(), h.failingStreak(), log);
    }

    /// Docker's word. A container that was started and never ran is `created` to Docker, with an
    /// exit code and an error.
    public static String word(ContainerState state) {
        return neverRan(state) ? "created" : state.word();
    }

    private static boolean neverRan(ContainerState state) {
        return state instanceof ContainerState.Exited e
                && e.status() instanceof ExitStatus.NeverStarted
                && e.startedAt() == null;
    }

    /// The `Status` of a list's entry: `Up 5 minutes`, `Exited (0) 3 seconds ago`.
    public static String words(ContainerState state, @Nullable Health health, Instant now) {
        if (neverRan(state)) {
            return "Created";
        }
        return switch (state) {
            case ContainerState.Created c -> "Created";
            case ContainerState.Running r -> up(r, now) + words(health);
            case ContainerState.Paused p -> up(p.running(), now) + " (Paused)";
            case ContainerState.Restarting r -> "Restarting " + ended(r.last(), now);
            case ContainerState.Exited e -> "Exited " + ended(e, now);
            case ContainerState.Removing r -> "Removal In Progress";
            case ContainerState.Dead d -> "Dead";
        };
    }

    private static String words(@Nullable Health health) {
        if (health == null) {
            return "";
        }
        return switch (health.status()) {
            case STARTING -> " (health: starting)";
            case HEALTHY -> " (healthy)";
            case UNHEALTHY -> " (unhealthy)";
        };
    }

    private static String up(ContainerState.Running running, Instant now) {
        return "Up " + Times.words(Duration.between(running.startedAt(), now));
    }

    private static String ended(ContainerState.Exited exit, Instant now) {
        return "(%d) %s ago"
                .formatted(
                        exit.status().shellCode(),
                        Times.words(Duration.between(exit.finishedAt(), now)));
    }
}
