package dev.carafe.engine.events;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Who publishes and who watches. Thread-safe.
public final class EventBus implements AutoCloseable {
    /// A watcher's connection. Closing it is idempotent.
    public interface Subscription extends AutoCloseable {
        /// Completes when the query's end has come and all is given, when the consumer failed, fell too far behind, or
        /// it was closed. Never exceptionally.
        CompletableFuture<Void> ended();

        @Override
        void close();
    }

    /// History in memory only.
    public EventBus(Clock clock) {
        this(clock, null);
    }

    /// @param journal where the history is kept across restarts; null: nowhere
    public EventBus(Clock clock, @Nullable Path journal) {}

    public void publish(Event event) {
        throw new UnsupportedOperationException();
    }

    public Subscription subscribe(EventQuery query, Consumer<Event> consumer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
