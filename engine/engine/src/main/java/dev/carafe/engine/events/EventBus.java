package dev.carafe.engine.events;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Passes events on in order and keeps the last ones for who asks later. Thread-safe.
public final class EventBus implements AutoCloseable {
    private static final int KEPT = 4096;
    private final Deque<Event> history = new ArrayDeque<>();
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    public synchronized void publish(Event event) {
        history.addLast(event);
        if (history.size() > KEPT) {
            history.removeFirst();
        }
        subscriptions.forEach(s -> s.offer(event));
    }

    /// Past events of the query, then new ones, on a thread of the subscription.
    public synchronized AutoCloseable subscribe(EventQuery query, Consumer<Event> consumer) {
        List<Event> past = query.since() == null ? List.of() : new ArrayList<>(history);
        Subscription subscription = new Subscription(query, consumer, past, subscriptions::remove);
        subscriptions.add(subscription);
        subscription.start();
        return subscription;
    }

    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
    }
}
