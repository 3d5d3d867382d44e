package dev.carafe.engine;

import org.jspecify.annotations.Nullable;

/// Stops a container if it runs, and starts it. Engine API POST /containers/{id}/restart.
public final class RestartContainer {
    public void restart(String ref, @Nullable Integer timeoutSeconds, @Nullable String signal) {
        throw new UnsupportedOperationException();
    }
}
