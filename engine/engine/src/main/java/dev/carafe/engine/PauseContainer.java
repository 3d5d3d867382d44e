package dev.carafe.engine;

import dev.carafe.engine.container.Containers;
import dev.carafe.engine.container.Pauser;

/// Freezes and thaws all processes of a container. Engine API POST /containers/{id}/pause and
/// /unpause.
public final class PauseContainer {
    private final Containers containers;
    private final Pauser pauser;

    PauseContainer(Containers containers, Pauser pauser) {
        this.containers = containers;
        this.pauser = pauser;
    }

    /// @throws dev.carafe.base.Conflict not running, or paused already
    public void pause(String ref) {
        pauser.pause(containers.get(ref));
    }

    /// @throws dev.carafe.base.Internal it is not paused
    public void unpause(String ref) {
        pauser.resume(containers.get(ref));
    }
}
