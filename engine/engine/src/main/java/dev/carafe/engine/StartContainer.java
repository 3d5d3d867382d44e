package dev.carafe.engine;


/// Starts a created or ended container. Engine API POST /containers/{id}/start.
public final class StartContainer {
    /// Returns when the container's process was executed.
    ///
    /// @throws dev.carafe.base.NotModified it runs already
    /// @throws dev.carafe.base.Conflict paused, or being removed
    /// @throws dev.carafe.base.InvalidArgument the program can't be executed; the message has Docker's words
    public void start(String ref) {
        throw new UnsupportedOperationException();
    }
}
