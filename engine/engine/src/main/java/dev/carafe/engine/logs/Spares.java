package dev.carafe.engine.logs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Things that are costly to make and needed by few at a time: big buffers, pipes. Thread-safe.
public final class Spares<T> implements AutoCloseable {
    private final Supplier<T> make;
    private final Consumer<T> drop;
    private final int kept;
    private final Deque<T> spare = new ArrayDeque<>();
    private boolean closed;

    /// @param kept how many may wait for their next use
    /// @param drop gives up one that is not kept
    public Spares(int kept, Supplier<T> make, Consumer<T> drop) {
        this.kept = kept;
        this.make = make;
        this.drop = drop;
    }

    /// One for the caller alone, until it is given back.
    public T take() {
        synchronized (this) {
            T found = spare.pollFirst();
            if (found != null) {
                return found;
            }
        }
        return make.get();
    }

    public void giveBack(T thing) {
        synchronized (this) {
            if (!closed && spare.size() < kept) {
                spare.addFirst(thing);
                return;
            }
        }
        drop.accept(thing);
    }

    /// Drops what waits, and later what is given back.
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        for (T thing = spare.pollFirst(); thing != null; thing = spare.pollFirst()) {
            drop.accept(thing);
        }
    }
}
