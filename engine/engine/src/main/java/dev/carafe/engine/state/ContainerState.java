package dev.carafe.engine.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where a container is in its life. Each record holds only what is true in that state; Docker's
/// booleans are computed from it at the API's edge. The legal moves are in {@link Transitions}.
public sealed interface ContainerState {
    /// Made and never started.
    record Created() implements ContainerState {}

    /// @param startTicks field 22 of /proc/pid/stat: pid and ticks together name one process for
    ///   ever
    record Running(int pid, long startTicks, Instant startedAt) implements ContainerState {}

    /// All processes frozen.
    record Paused(Running running) implements ContainerState {}

    /// Ended, and will be started again by its restart policy.
    record Restarting(Exited last, int attempt, Instant notBefore) implements ContainerState {}

    /// @param startedAt null when it never ran
    record Exited(ExitStatus status, @Nullable Instant startedAt, Instant finishedAt)
            implements ContainerState {}

    /// Its removal has begun and will be finished, also after a crash.
    record Removing(ContainerState before) implements ContainerState {}

    /// Its removal failed: it can only be removed again.
    record Dead(String why, ContainerState before) implements ContainerState {}

    /// Docker's word for it: `created`, `running`, `paused`, `restarting`, `exited`, `removing`,
    /// `dead`. A container whose first start failed is `created` to Docker, whatever its exit code.
    default String word() {
        return switch (this) {
            case Created c -> "created";
            case Running r -> "running";
            case Paused p -> "paused";
            case Restarting r -> "restarting";
            case Exited e -> e.startedAt() == null ? "created" : "exited";
            case Removing r -> "removing";
            case Dead d -> "dead";
        };
    }

    /// The processes of a running or paused container.
    default @Nullable Running process() {
        return switch (this) {
            case Running r -> r;
            case Paused p -> p.running();
            case Created c -> null;
            case Restarting r -> null;
            case Exited e -> null;
            case Removing r -> null;
            case Dead d -> null;
        };
    }

    /// How it last ended, if it ever did.
    default @Nullable Exited lastExit() {
        return switch (this) {
            case Exited e -> e;
            case Restarting r -> r.last();
            case Removing r -> r.before().lastExit();
            case Dead d -> d.before().lastExit();
            case Created c -> null;
            case Running r -> null;
            case Paused p -> null;
        };
    }

    default boolean isRunning() {
        return process() != null;
    }
}
