package dev.carafe.engine;

import dev.carafe.engine.container.Containers;

/// Tells a container's terminal its size. Engine API POST /containers/{id}/resize.
public final class ResizeContainer {
    private final Containers containers;

    ResizeContainer(Containers containers) {
        this.containers = containers;
    }

    /// @throws dev.carafe.base.Conflict it is not running
    public void resize(String ref, int rows, int columns) {
        containers.get(ref).running().resize(rows, columns);
    }
}
