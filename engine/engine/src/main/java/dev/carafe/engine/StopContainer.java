package dev.carafe.engine;

import org.jspecify.annotations.Nullable;

/// Asks a container to end, and kills it after a time. Engine API POST /containers/{id}/stop.
public final class StopContainer {
    /// Returns when it has ended.
    ///
    /// @param timeoutSeconds null: the container's own, else 10; -1: wait for ever
    /// @param signal null: the container's stop signal
    /// @throws dev.carafe.base.NotModified it does not run
    public void stop(String ref, @Nullable Integer timeoutSeconds, @Nullable String signal) {
        throw new UnsupportedOperationException();
    }
}
