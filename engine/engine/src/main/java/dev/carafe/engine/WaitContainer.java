package dev.carafe.engine;

import dev.carafe.engine.container.Container;
import dev.carafe.engine.container.Containers;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.engine.state.ExitStatus;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Tells when a container ends. Engine API POST /containers/{id}/wait.
public final class WaitContainer {
    private final Containers containers;

    WaitContainer(Containers containers) {
        this.containers = containers;
    }

    public enum Condition {
        NOT_RUNNING,
        NEXT_EXIT,
        REMOVED
    }

    /// @param statusCode as a shell shows it
    /// @param error null unless waiting itself failed
    public record Result(int statusCode, @Nullable String error) {}

    /// Registers at once; the future completes later. Cancel it when the client is gone.
    ///
    /// @throws dev.carafe.base.NotFound `No such container: x`
    public CompletableFuture<Result> await(String ref, Condition condition) {
        Container container = containers.get(ref);
        return switch (condition) {
            case REMOVED -> result(container.removed().copy());
            case NEXT_EXIT -> result(container.nextExit());
            case NOT_RUNNING -> notRunning(container);
        };
    }

    private static CompletableFuture<Result> notRunning(Container container) {
        // Registered before looking, so that an exit in between is not missed.
        CompletableFuture<ExitStatus> next = container.nextExit();
        ContainerState state = container.state();
        boolean over = !state.isRunning() && !(state instanceof ContainerState.Restarting);
        if (over) {
            ContainerState.Exited last = state.lastExit();
            next.complete(last == null ? new ExitStatus.Code(0) : last.status());
        }
        return result(next);
    }

    private static CompletableFuture<Result> result(CompletableFuture<ExitStatus> exit) {
        // Who asked to start it was told why it could not run: the exit code is all there is to say
        // here.
        CompletableFuture<Result> result =
                exit.thenApply(status -> new Result(status.shellCode(), null));
        result.whenComplete((r, e) -> {
            if (result.isCancelled()) {
                exit.cancel(false);
            }
        });
        return result;
    }
}
