package dev.carafe.engine.streams;

import java.util.function.LongSupplier;

/// How long to let a stream gather before it is looked at again. A process that writes line by line
/// (a server's access log) would else wake the engine for each, and both would spend their time on
/// that; one that fills its pipe must not wait. Not thread-safe.
final class Pace {
    /// What is worth a look: a fraction of a pipe, so that it is not full by then.
    private static final long GATHERED_BYTES = 16 << 10;

    private static final long LONGEST_NANOS = 4_000_000;
    private static final long SHORTEST_NANOS = 150_000;

    /// Looks that lie further apart than this cost nothing to speak of.
    private static final long SELDOM_NANOS = 2_000_000;

    private final LongSupplier clock;
    private long last;
    private long nap;

    Pace() {
        this(System::nanoTime);
    }

    Pace(LongSupplier clock) {
        this.clock = clock;
        last = clock.getAsLong() - SELDOM_NANOS;
    }

    /// After a look that found so many bytes and emptied the pipe.
    ///
    /// @return nanoseconds; 0: none
    long after(long bytes) {
        long now = clock.getAsLong();
        long since = Math.max(1, now - last);
        last = now;
        if (bytes == 0 || bytes >= 2 * GATHERED_BYTES || since > SELDOM_NANOS + nap) {
            nap = 0;
            return 0;
        }
        long wanted = since * GATHERED_BYTES / bytes;
        nap = wanted < SHORTEST_NANOS ? 0 : Math.min(wanted, LONGEST_NANOS);
        // one step at a time: a stream that has just become busy may not stay so
        return nap;
    }
}
