package dev.carafe.engine.events;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Passes events on in order, and keeps them for who asks later, also of a later daemon. No two
/// have the same time. Thread-safe.
public final class EventBus implements AutoCloseable {
    private static final long MOST_BYTES = 8 << 20;
    private final EventJournal journal;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private Instant last = Instant.MIN;
    private boolean closed;

    /// @param folder where the journal lies
    public EventBus(Path folder) {
        this(new EventJournal(folder, MOST_BYTES));
    }

    EventBus(EventJournal journal) {
        this.journal = journal;
    }

    public synchronized void publish(Event event) {
        if (closed) {
            return;
        }
        Instant now = event.time();
        last = now.isAfter(last) ? now : last.plusNanos(1);
        Event timed = event.at(last);
        journal.append(timed);
        subscriptions.forEach(s -> s.offer(timed));
    }

    /// Past events of the query, then new ones, on a thread of the subscription.
    public synchronized Subscription subscribe(EventQuery query, Consumer<Event> consumer) {
        boolean wantsPast = query.since() != null || query.until() != null;
        EventJournal.Past past = wantsPast ? journal.past() : EventJournal.Past.NONE;
        Subscription subscription = new Subscription(query, consumer, past, subscriptions::remove);
        subscriptions.add(subscription);
        subscription.start();
        return subscription;
    }

    @Override
    public synchronized void close() {
        closed = true;
        subscriptions.forEach(Subscription::close);
        journal.close();
    }
}
