package dev.carafe.images;

import dev.carafe.base.Canceled;
import dev.carafe.images.PullProgress.Step;
import dev.carafe.oci.Digest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What happened to a pull's layers, on its way from the threads that fetch them to the one that
/// pulls: a listener that is slow or gone holds up nobody else.
final class PullEvents {
    private static final long STEP_NANOS = 100_000_000;
    private static final int MOST_WAITING = 256;
    private static final long LOOK_SECONDS = 5;

    private final LinkedBlockingQueue<Event> queue = new LinkedBlockingQueue<>();
    private final Map<Digest, Long> shown = new HashMap<>();
    private final AtomicBoolean canceled;

    /// @param canceled set from outside when nobody wants the pull any more
    PullEvents(AtomicBoolean canceled) {
        this.canceled = canceled;
    }

    private record Event(Digest layer, Step step, long current, long total) {}

    /// A step with bytes comes a few times a second at most, every other step always.
    void tell(Digest layer, Step step, long current, long total) {
        if (step != Step.DOWNLOADING || current == total || due(layer)) {
            queue.add(new Event(layer, step, current, total));
        }
    }

    private synchronized boolean due(Digest layer) {
        long now = System.nanoTime();
        Long before = shown.get(layer);
        if (before != null && now - before < STEP_NANOS || queue.size() > MOST_WAITING) {
            return false;
        }
        shown.put(layer, now);
        return true;
    }

    /// Makes {@link #follow} look up.
    void wake() {
        queue.add(WAKE);
    }

    private static final Event WAKE = new Event(Digest.of(new byte[0]), Step.WAITING, 0, 0);

    /// Passes everything on until all is over.
    ///
    /// @throws Canceled when the pull was called off
    void follow(PullProgress progress, BooleanSupplier over) {
        while (true) {
            boolean last = over.getAsBoolean();
            Event event = last ? queue.poll() : await();
            if (canceled.get()) {
                throw new Canceled("the pull was called off");
            }
            if (event != null && event != WAKE) {
                progress.layer(event.layer, event.step, event.current, event.total);
            } else if (event == null && last) {
                return;
            }
        }
    }

    private @Nullable Event await() {
        try {
            return queue.poll(LOOK_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Canceled("the pull was interrupted");
        }
    }
}
