package dev.carafe.engine.state;

import dev.carafe.engine.state.ContainerState.Created;
import dev.carafe.engine.state.ContainerState.Dead;
import dev.carafe.engine.state.ContainerState.Exited;
import dev.carafe.engine.state.ContainerState.Paused;
import dev.carafe.engine.state.ContainerState.Removing;
import dev.carafe.engine.state.ContainerState.Restarting;
import dev.carafe.engine.state.ContainerState.Running;
import java.time.Instant;
import java.util.Optional;

/// The legal moves of a container's life. Pure; the golden file `transitions.txt` of the tests
/// shows the whole table.
public final class Transitions {
    private Transitions() {}

    /// The state after the event, or empty when the event is not allowed now (the client sees a
    /// conflict).
    public static Optional<ContainerState> next(ContainerState state, LifeEvent event) {
        return Optional.ofNullable(
                switch (event) {
                    case LifeEvent.Started s ->
                            canStart(state) ? new Running(s.pid(), s.startTicks(), s.at()) : null;
                    case LifeEvent.StartFailed f -> canStart(state) ? startFailed(state, f) : null;
                    case LifeEvent.Ended e ->
                            state.process() instanceof Running r
                                    ? new Exited(e.status(), r.startedAt(), e.at())
                                    : null;
                    case LifeEvent.EndedToRestart e ->
                            state.process() instanceof Running r
                                    ? restarting(e, r.startedAt())
                                    : null;
                    case LifeEvent.PausedByUser p ->
                            state instanceof Running r ? new Paused(r) : null;
                    case LifeEvent.Resumed r -> state instanceof Paused p ? p.running() : null;
                    case LifeEvent.RestartCanceled c ->
                            state instanceof Restarting r ? r.last() : null;
                    case LifeEvent.RemovalBegun b -> canRemove(state) ? removing(state) : null;
                    case LifeEvent.RemovalFailed f ->
                            state instanceof Removing r ? new Dead(f.why(), r.before()) : null;
                });
    }

    /// It keeps the time of its last real start.
    private static Exited startFailed(ContainerState before, LifeEvent.StartFailed failed) {
        Exited last = before.lastExit();
        return new Exited(failed.why(), last == null ? null : last.startedAt(), failed.at());
    }

    private static Restarting restarting(LifeEvent.EndedToRestart e, Instant startedAt) {
        return new Restarting(
                new Exited(e.status(), startedAt, e.at()), e.attempt(), e.notBefore());
    }

    private static boolean canStart(ContainerState state) {
        return switch (state) {
            case Created c -> true;
            case Exited e -> true;
            case Restarting r -> true;
            case Running r -> false;
            case Paused p -> false;
            case Removing r -> false;
            case Dead d -> false;
        };
    }

    private static boolean canRemove(ContainerState state) {
        return switch (state) {
            case Created c -> true;
            case Exited e -> true;
            case Dead d -> true;
            case Restarting r -> true;
            case Running r -> false;
            case Paused p -> false;
            case Removing r -> false;
        };
    }

    private static Removing removing(ContainerState state) {
        return new Removing(state instanceof Dead d ? d.before() : state);
    }
}
