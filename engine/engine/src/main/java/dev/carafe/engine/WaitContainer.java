package dev.carafe.engine;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Tells when a container ends. Engine API POST /containers/{id}/wait.
public final class WaitContainer {
    public enum Condition {
        NOT_RUNNING,
        NEXT_EXIT,
        REMOVED
    }

    /// @param statusCode as a shell shows it
    /// @param error null unless the container could not run
    public record Result(int statusCode, @Nullable String error) {}

    /// Registers at once; the future completes later. Cancel it when the client is gone.
    ///
    /// @throws dev.carafe.base.NotFound `No such container: x`
    public CompletableFuture<Result> await(String ref, Condition condition) {
        throw new UnsupportedOperationException();
    }
}
