package dev.carafe.engine;


/// Freezes and thaws all processes of a container. Engine API POST /containers/{id}/pause and /unpause.
public final class PauseContainer {
    /// @throws dev.carafe.base.Conflict not running, or paused already
    public void pause(String ref) {
        throw new UnsupportedOperationException();
    }

    /// @throws dev.carafe.base.Conflict it is not paused
    public void unpause(String ref) {
        throw new UnsupportedOperationException();
    }
}
