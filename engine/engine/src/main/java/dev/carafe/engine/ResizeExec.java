package dev.carafe.engine;

import dev.carafe.engine.exec.Execs;

/// Tells an exec's terminal its size. Engine API POST /exec/{id}/resize.
public final class ResizeExec {
    private final Execs execs;

    ResizeExec(Execs execs) {
        this.execs = execs;
    }

    /// @throws dev.carafe.base.InvalidArgument it is not running
    public void resize(String execId, int rows, int columns) {
        execs.resize(execId, rows, columns);
    }
}
