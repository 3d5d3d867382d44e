package dev.carafe.engine;

import dev.carafe.engine.exec.Execs;
import dev.carafe.engine.view.ExecView;

/// Shows an exec. Engine API GET /exec/{id}/json.
public final class InspectExec {
    private final Execs execs;

    InspectExec(Execs execs) {
        this.execs = execs;
    }

    /// @throws dev.carafe.base.NotFound `No such exec instance: x`
    public ExecView inspect(String execId) {
        return execs.view(execId);
    }
}
