package dev.carafe.engine;

import dev.carafe.engine.events.Event;
import dev.carafe.engine.events.EventBus;
import java.time.Instant;
import java.util.Map;

/// Tells of the daemon itself.
public final class DaemonEvents {
    private final EventBus events;
    private final String id;

    /// @param id of the engine
    DaemonEvents(EventBus events, String id) {
        this.events = events;
        this.id = id;
    }

    /// The configuration was read again.
    ///
    /// @param attributes what holds now
    public void reloaded(Map<String, String> attributes) {
        events.publish(new Event("daemon", "reload", id, attributes, Instant.now()));
    }
}
