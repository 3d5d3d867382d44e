package dev.carafe.engine;


/// Gives a container another name. Engine API POST /containers/{id}/rename.
public final class RenameContainer {
    /// @throws dev.carafe.base.Conflict the name is in use
    /// @throws dev.carafe.base.InvalidArgument not a name, or its present one
    public void rename(String ref, String newName) {
        throw new UnsupportedOperationException();
    }
}
