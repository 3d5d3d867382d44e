package dev.carafe.engine;

import dev.carafe.engine.changes.MadePlaces;
import dev.carafe.engine.container.Containers;
import dev.carafe.snapshots.Change;
import dev.carafe.snapshots.Snapshotter;
import java.util.List;

/// Tells what a container changed against its image. Engine API GET /containers/{id}/changes.
public final class ShowChanges {
    private final Containers containers;
    private final Snapshotter snapshots;

    ShowChanges(Containers containers, Snapshotter snapshots) {
        this.containers = containers;
        this.snapshots = snapshots;
    }

    /// Sorted by path.
    public List<Change> of(String ref) {
        return snapshots.changes(containers.get(ref).id(), MadePlaces.PATHS);
    }
}
