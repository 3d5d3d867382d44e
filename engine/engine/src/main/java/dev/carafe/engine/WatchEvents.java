package dev.carafe.engine;

import dev.carafe.engine.events.Event;
import dev.carafe.engine.events.EventQuery;
import java.util.function.Consumer;

/// Follows what happens. Engine API GET /events.
public final class WatchEvents {
    /// Gives past events of the query at once, then new ones as they happen, on a thread of the subscription. Close it
    /// to end it.
    public AutoCloseable subscribe(EventQuery query, Consumer<Event> consumer) {
        throw new UnsupportedOperationException();
    }
}
