package dev.carafe.engine;

import dev.carafe.engine.events.Event;
import dev.carafe.engine.events.EventBus;
import java.time.Instant;
import java.util.Map;

/// Tells that a prune has ended.
public final class PruneEvents {
    private final EventBus events;

    PruneEvents(EventBus events) {
        this.events = events;
    }

    /// @param type `container`, `image`, `volume`
    public void pruned(String type, long reclaimedBytes) {
        events.publish(
                new Event(
                        type,
                        "prune",
                        "",
                        Map.of("reclaimed", Long.toString(reclaimedBytes)),
                        Instant.now()));
    }
}
