package dev.carafe.engine;

import dev.carafe.engine.config.ExecConfig;
import dev.carafe.engine.container.Containers;
import dev.carafe.engine.exec.Execs;

/// Prepares a further process in a running container. Engine API POST /containers/{id}/exec.
public final class CreateExec {
    private final Containers containers;
    private final Execs execs;

    CreateExec(Containers containers, Execs execs) {
        this.containers = containers;
        this.execs = execs;
    }

    /// @return the exec's id
    /// @throws dev.carafe.base.Conflict paused or not running
    /// @throws dev.carafe.base.InvalidArgument no command, or an unknown user or group
    public String create(String ref, ExecConfig config) {
        return execs.prepare(containers.get(ref), ref, config).id();
    }
}
