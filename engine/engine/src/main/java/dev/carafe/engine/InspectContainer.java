package dev.carafe.engine;

import dev.carafe.engine.view.ContainerSummary;
import dev.carafe.engine.view.ContainerView;

/// Shows one container. Engine API GET /containers/{id}/json.
public final class InspectContainer {
    /// @param ref id, unique prefix of an id, or name
    /// @throws dev.carafe.base.NotFound `No such container: x`
    public ContainerView inspect(String ref) {
        throw new UnsupportedOperationException();
    }

    /// How much disk it takes; walks its writable layer.
    public ContainerSummary.Sizes sizes(String ref) {
        throw new UnsupportedOperationException();
    }
}
