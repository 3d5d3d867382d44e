package dev.carafe.engine;

import dev.carafe.engine.container.Containers;
import dev.carafe.engine.stats.Sample;
import dev.carafe.engine.stats.StatsReader;
import java.util.Optional;

/// What containers use. Engine API GET /containers/{id}/stats.
public final class ContainerStats {
    private final Containers containers;
    private final StatsReader reader;

    ContainerStats(Containers containers, StatsReader reader) {
        this.containers = containers;
        this.reader = reader;
    }

    /// Full id of the container, by which it is to be sampled from here on.
    ///
    /// @throws dev.carafe.base.NotFound `No such container: x`
    public String id(String ref) {
        return containers.get(ref).id();
    }

    /// Empty when it has been removed.
    public Optional<Sample> sample(String id) {
        return containers.find(id).map(reader::sample);
    }
}
