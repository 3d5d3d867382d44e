package dev.carafe.engine.state;

import java.time.Instant;

/// What can happen to a container.
public sealed interface LifeEvent {
    record Started(int pid, long startTicks, Instant at) implements LifeEvent {}

    record StartFailed(ExitStatus.NeverStarted why, Instant at) implements LifeEvent {}

    record Ended(ExitStatus status, Instant at) implements LifeEvent {}

    /// It ended and its restart policy will start it again.
    record EndedToRestart(ExitStatus status, Instant at, int attempt, Instant notBefore)
            implements LifeEvent {}

    record PausedByUser() implements LifeEvent {}

    record Resumed() implements LifeEvent {}

    /// A restart that was to come is called off (stop, kill).
    record RestartCanceled() implements LifeEvent {}

    record RemovalBegun() implements LifeEvent {}

    record RemovalFailed(String why) implements LifeEvent {}
}
