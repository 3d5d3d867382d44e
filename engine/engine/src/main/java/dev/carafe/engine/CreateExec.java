package dev.carafe.engine;

import dev.carafe.engine.config.ExecConfig;

/// Prepares a further process in a running container. Engine API POST /containers/{id}/exec.
public final class CreateExec {
    /// @return the exec's id
    /// @throws dev.carafe.base.Conflict paused or not running
    /// @throws dev.carafe.base.InvalidArgument no command
    public String create(String ref, ExecConfig config) {
        throw new UnsupportedOperationException();
    }
}
