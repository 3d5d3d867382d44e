package dev.carafe.engine;

import dev.carafe.engine.view.ExecView;

/// Shows an exec. Engine API GET /exec/{id}/json.
public final class InspectExec {
    /// @throws dev.carafe.base.NotFound `No such exec instance: x`
    public ExecView inspect(String execId) {
        throw new UnsupportedOperationException();
    }
}
