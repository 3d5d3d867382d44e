package dev.carafe.engine;


/// Removes a container and all that it holds. Engine API DELETE /containers/{id}.
public final class RemoveContainer {
    /// @param force kill it first if it runs
    /// @param volumes remove its anonymous volumes too
    /// @throws dev.carafe.base.Conflict it runs, or its removal is under way
    public void remove(String ref, boolean force, boolean volumes) {
        throw new UnsupportedOperationException();
    }
}
