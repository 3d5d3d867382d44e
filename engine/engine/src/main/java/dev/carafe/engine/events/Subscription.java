package dev.carafe.engine.events;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One reader of events with a queue of its own. One that does not keep up is ended: it would miss
/// events silently else.
public final class Subscription implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Subscription.class.getName());
    private static final int QUEUE = 16_384;
    private final EventQuery query;
    private final Consumer<Event> consumer;
    private final EventJournal.Past past;
    private final Consumer<Subscription> onEnd;
    private final BlockingQueue<Event> queue = new LinkedBlockingQueue<>(QUEUE);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private @Nullable Thread thread;
    private volatile boolean closed;

    Subscription(
            EventQuery query,
            Consumer<Event> consumer,
            EventJournal.Past past,
            Consumer<Subscription> onEnd) {
        this.query = query;
        this.consumer = consumer;
        this.past = past;
        this.onEnd = onEnd;
    }

    void start() {
        thread = Thread.ofVirtual().name("events").start(this::run);
    }

    void offer(Event event) {
        if (!queue.offer(event)) {
            LOG.log(Level.WARNING, "a reader of events does not keep up and is left behind");
            close();
        }
    }

    /// Completes when no more events come: the query's time is over, or it was closed.
    public CompletableFuture<Void> ended() {
        return ended;
    }

    private void run() {
        try (EventJournal.Past read = past) {
            read.read(
                    query.since() == null ? Instant.MIN : query.since(),
                    query.until() == null ? Instant.MAX : query.until(),
                    this::give);
            while (!closed) {
                Event event = next();
                if (event == null) {
                    return;
                }
                give(event);
            }
        } catch (InterruptedException e) {
            // Closed.
        } catch (IOException e) {
            if (!closed) {
                LOG.log(Level.ERROR, "past events can't be read", e);
            }
        } finally {
            closed = true;
            onEnd.accept(this);
            ended.complete(null);
        }
    }

    private void give(Event event) {
        if (!closed && EventFilter.matches(event, query.filters())) {
            consumer.accept(event);
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
