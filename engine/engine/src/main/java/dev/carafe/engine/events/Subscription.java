package dev.carafe.engine.events;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One reader of events with a queue of its own. One that does not keep up is ended: it would miss
/// events silently else.
final class Subscription implements AutoCloseable {
    private static final int QUEUE = 16_384;
    private final EventQuery query;
    private final Consumer<Event> consumer;
    private final Consumer<Subscription> onEnd;
    private final BlockingQueue<Event> queue = new LinkedBlockingQueue<>(QUEUE);
    private @Nullable Thread thread;
    private volatile boolean closed;

    Subscription(
            EventQuery query,
            Consumer<Event> consumer,
            List<Event> past,
            Consumer<Subscription> onEnd) {
        this.query = query;
        this.consumer = consumer;
        this.onEnd = onEnd;
        past.stream()
                .filter(e ->
                        !e.time().isBefore(query.since() == null ? Instant.MIN : query.since()))
                .forEach(queue::add);
    }

    void start() {
        thread = Thread.ofVirtual().name("events").start(this::run);
    }

    void offer(Event event) {
        if (!queue.offer(event)) {
            close();
        }
    }

    private void run() {
        try {
            while (!closed) {
                Event event = next();
                if (event == null) {
                    return;
                }
                if (EventFilter.matches(event, query.filters())) {
                    consumer.accept(event);
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        } finally {
            closed = true;
            onEnd.accept(this);
        }
    }

    /// Null at the end of the query.
    private @Nullable Event next() throws InterruptedException {
        Instant until = query.until();
        if (until == null) {
            return queue.take();
        }
        Duration left = Duration.between(Instant.now(), until);
        Event event =
                left.isPositive()
                        ? queue.poll(left.toMillis() + 1, TimeUnit.MILLISECONDS)
                        : queue.poll();
        return event == null || event.time().isAfter(until) ? null : event;
    }

    @Override
    public void close() {
        closed = true;
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
