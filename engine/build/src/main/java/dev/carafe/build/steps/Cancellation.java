package dev.carafe.build.steps;

import dev.carafe.base.Canceled;
import java.util.HashSet;
import java.util.Set;

/// Ends a build from outside: what runs is ended (containers of steps, programs, downloads),
/// nothing further begins. Thread-safe.
public final class Cancellation {
    private final Set<Running> running = new HashSet<>();
    private boolean canceled;

    /// Something under way that can be ended; closed once it is over by itself.
    public final class Running implements AutoCloseable {
        private final Runnable end;

        private Running(Runnable end) {
            this.end = end;
        }

        @Override
        public void close() {
            synchronized (Cancellation.this) {
                running.remove(this);
            }
        }
    }

    public void cancel() {
        Set<Running> toEnd;
        synchronized (this) {
            canceled = true;
            toEnd = Set.copyOf(running);
        }
        toEnd.forEach(one -> one.end.run());
    }

    /// @throws Canceled when it was
    public synchronized void check() {
        if (canceled) {
            throw new Canceled("build canceled");
        }
    }

    public synchronized boolean isCanceled() {
        return canceled;
    }

    /// Tells of something that begins.
    ///
    /// @param end ends it from another thread, soon
    /// @throws Canceled when nothing may begin any more
    public synchronized Running begin(Runnable end) {
        check();
        Running one = new Running(end);
        running.add(one);
        return one;
    }
}
