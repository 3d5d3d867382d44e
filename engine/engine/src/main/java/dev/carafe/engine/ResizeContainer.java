package dev.carafe.engine;

import dev.carafe.engine.container.Container;
import dev.carafe.engine.container.ContainerEvents;
import dev.carafe.engine.container.Containers;
import java.util.Map;

/// Tells a container's terminal its size. Engine API POST /containers/{id}/resize.
public final class ResizeContainer {
    private final Containers containers;
    private final ContainerEvents events;

    ResizeContainer(Containers containers, ContainerEvents events) {
        this.containers = containers;
        this.events = events;
    }

    /// @throws dev.carafe.base.Conflict it is not running
    public void resize(String ref, int rows, int columns) {
        Container container = containers.get(ref);
        container.running().resize(rows, columns);
        events.publish(
                container.record(),
                "resize",
                Map.of("height", String.valueOf(rows), "width", String.valueOf(columns)));
    }
}
