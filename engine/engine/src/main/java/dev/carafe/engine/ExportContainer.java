package dev.carafe.engine;

import dev.carafe.base.Conflict;
import dev.carafe.engine.container.Container;
import dev.carafe.engine.container.ContainerEvents;
import dev.carafe.engine.container.Containers;
import dev.carafe.engine.container.LiveOwners;
import dev.carafe.engine.container.LiveRoot;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.snapshots.OwnerMap;
import dev.carafe.snapshots.RootMount;
import dev.carafe.snapshots.Snapshotter;
import dev.carafe.snapshots.TarExport;
import java.io.OutputStream;
import java.util.Optional;

/// Writes a container's whole file tree as a tar. Engine API GET /containers/{id}/export.
public final class ExportContainer {
    private final Containers containers;
    private final Snapshotter snapshots;
    private final ContainerEvents events;

    ExportContainer(Containers containers, Snapshotter snapshots, ContainerEvents events) {
        this.events = events;
        this.containers = containers;
        this.snapshots = snapshots;
    }

    /// @throws Conflict it is being removed
    public void export(String ref, OutputStream tar) {
        Container container = containers.get(ref);
        if (container.state() instanceof ContainerState.Removing
                || container.state() instanceof ContainerState.Dead) {
            throw new Conflict(
                    container.subject(),
                    "You cannot export container " + container.id() + " which is being removed");
        }
        Optional<RootMount> live = LiveRoot.of(container);
        try (RootMount root = live.orElseGet(() -> snapshots.mount(container.id()))) {
            OwnerMap owners = live.isPresent() ? LiveOwners.of(container) : OwnerMap.NONE;
            TarExport.write(root.mount(), "/", owners, tar);
        }
        events.publish(container.record(), "export");
    }
}
