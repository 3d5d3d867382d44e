package dev.carafe.engine;

import dev.carafe.engine.container.Container;
import dev.carafe.engine.container.Containers;
import dev.carafe.engine.container.Views;
import dev.carafe.engine.exec.Execs;
import dev.carafe.engine.view.ContainerSummary;
import dev.carafe.engine.view.ContainerView;
import dev.carafe.snapshots.Snapshotter;

/// Shows one container. Engine API GET /containers/{id}/json.
public final class InspectContainer {
    private final Containers containers;
    private final Views views;
    private final Execs execs;
    private final Snapshotter snapshots;

    InspectContainer(Containers containers, Views views, Execs execs, Snapshotter snapshots) {
        this.containers = containers;
        this.views = views;
        this.execs = execs;
        this.snapshots = snapshots;
    }

    /// @param ref id, unique prefix of an id, or name
    /// @throws dev.carafe.base.NotFound `No such container: x`
    public ContainerView inspect(String ref) {
        Container container = containers.get(ref);
        return views.full(container, execs.of(container));
    }

    /// @throws dev.carafe.base.NotFound `No such container: x`
    public void check(String ref) {
        containers.get(ref);
    }

    /// How much disk it takes; walks its writable layer.
    public ContainerSummary.Sizes sizes(String ref) {
        Container container = containers.get(ref);
        long writable = snapshots.usageBytes(container.id());
        return new ContainerSummary.Sizes(writable, writable + container.record().imageBytes());
    }
}
