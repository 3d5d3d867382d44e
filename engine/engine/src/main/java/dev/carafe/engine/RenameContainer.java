package dev.carafe.engine;

import dev.carafe.engine.container.Containers;
import dev.carafe.engine.container.Renaming;

/// Gives a container another name. Engine API POST /containers/{id}/rename.
public final class RenameContainer {
    private final Containers containers;
    private final Renaming renaming;

    RenameContainer(Containers containers, Renaming renaming) {
        this.containers = containers;
        this.renaming = renaming;
    }

    /// @throws dev.carafe.base.Conflict the name is in use
    /// @throws dev.carafe.base.InvalidArgument not a name, or its present one
    public void rename(String ref, String newName) {
        renaming.rename(containers.get(ref), newName);
    }
}
