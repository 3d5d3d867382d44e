package dev.carafe.engine;


/// Tells a container's terminal its size. Engine API POST /containers/{id}/resize.
public final class ResizeContainer {
    /// @throws dev.carafe.base.Conflict it is not running
    public void resize(String ref, int rows, int columns) {
        throw new UnsupportedOperationException();
    }
}
