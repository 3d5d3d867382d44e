package dev.carafe.engine;

import dev.carafe.engine.container.ContainerEvents;
import dev.carafe.engine.container.Containers;
import dev.carafe.engine.events.Event;
import dev.carafe.engine.events.EventBus;
import dev.carafe.engine.events.EventQuery;
import dev.carafe.engine.events.Subscription;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/// Follows what happens. Engine API GET /events.
public final class WatchEvents {
    private final EventBus bus;
    private final Containers containers;
    private final ContainerEvents events;

    WatchEvents(EventBus bus, Containers containers, ContainerEvents events) {
        this.bus = bus;
        this.containers = containers;
        this.events = events;
    }

    /// Gives past events of the query at once, then new ones as they happen, on a thread of the
    /// subscription. Close it to end it.
    public Subscription subscribe(EventQuery query, Consumer<Event> consumer) {
        return bus.subscribe(query, consumer);
    }

    /// Tells what a front did that is no container's business (`image` `tag`, `volume` `create`).
    public void publish(
            String type, String action, String actorId, Map<String, String> attributes) {
        bus.publish(new Event(type, action, actorId, attributes, Instant.now()));
    }

    void restarted(String ref) {
        events.publish(containers.get(ref).record(), "restart");
    }
}
