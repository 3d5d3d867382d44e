package dev.carafe.engine;


/// Tells an exec's terminal its size. Engine API POST /exec/{id}/resize.
public final class ResizeExec {
    /// @throws dev.carafe.base.InvalidArgument it is not running
    public void resize(String execId, int rows, int columns) {
        throw new UnsupportedOperationException();
    }
}
