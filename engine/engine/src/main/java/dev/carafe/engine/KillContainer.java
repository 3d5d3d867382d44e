package dev.carafe.engine;

import org.jspecify.annotations.Nullable;

/// Sends a signal to a container's first process. Engine API POST /containers/{id}/kill.
public final class KillContainer {
    /// @param signal `KILL`, `SIGKILL` or `9`; null: KILL
    /// @throws dev.carafe.base.Conflict it is not running
    /// @throws dev.carafe.base.InvalidArgument `invalid signal: x`
    public void kill(String ref, @Nullable String signal) {
        throw new UnsupportedOperationException();
    }
}
