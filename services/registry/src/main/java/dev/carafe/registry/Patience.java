package dev.carafe.registry;

import dev.carafe.registry.http.Refused;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// Counts the failures in a row of one undertaking and waits between attempts: not at all where
/// enough bytes came since the last failure, else twice as long each time, give or take a quarter.
/// Not thread-safe.
final class Patience {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final long ENOUGH_BYTES = 16 << 10;

    private final int attempts;
    private final Duration backOff;
    private final Interruption interruption;
    private int failures;
    private long bytesSinceFailure;

    /// Sleeps, and ends early with an exception when the undertaking was called off.
    @FunctionalInterface
    interface Interruption {
        void sleep(Duration time) throws IOException;
    }

    Patience(RegistryOptions options, Interruption interruption) {
        this.attempts = Math.max(1, options.effort().attempts());
        this.backOff = options.effort().backOff();
        this.interruption = interruption;
    }

    /// Some bytes came: the count starts again.
    void progress(long bytes) {
        failures = 0;
        bytesSinceFailure += bytes;
    }

    /// Returns when the next attempt may begin.
    ///
    /// @throws IOException the failure itself, when it is final or one too many
    void failed(IOException failure) throws IOException {
        if (failure instanceof Refused refused && !refused.passing()) {
            throw failure;
        }
        boolean moving = bytesSinceFailure >= ENOUGH_BYTES && !(failure instanceof Refused);
        bytesSinceFailure = 0;
        if (moving) {
            return;
        }
        failures++;
        if (failures >= attempts) {
            throw failure;
        }
        Duration wait = backOff.multipliedBy(1L << Math.min(failures - 1, 10));
        wait = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        long quarter = wait.toMillis() / 4 + 1;
        wait = wait.plusMillis(ThreadLocalRandom.current().nextLong(-quarter + 1, quarter));
        if (failure instanceof Refused refused && refused.retryAfter().compareTo(wait) > 0) {
            wait = refused.retryAfter();
        }
        interruption.sleep(wait);
    }

    /// Sleeps on the calling thread.
    static void sleep(Duration time) throws IOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
