package dev.carafe.network;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Removes devices of ended containers in the background: the kernel answers a removal after some
/// 20 ms only, and it removes a device by itself, many at once, when the container's namespace
/// ends. What is still there a moment after (somebody else is in the namespace) is removed here.
/// Thread-safe.
final class DeviceReaper implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DeviceReaper.class.getName());
    private static final Duration LONGEST_REMOVAL = Duration.ofSeconds(30);
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private record Due(String device, long atNanos) {}

    private final Consumer<String> remove;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Due> due = new ArrayDeque<>();
    private @Nullable Thread worker;
    private boolean closed;

    /// @param remove removes a device; one that is gone is no error
    DeviceReaper(Consumer<String> remove) {
        this.remove = remove;
    }

    void add(String device) {
        lock.lock();
        try {
            due.add(new Due(device, System.nanoTime() + PATIENCE_NANOS));
            if (worker == null) {
                worker = Thread.ofPlatform().name("carafe-device-reaper").daemon().start(this::run);
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        Due next = awaitNext();
        while (next != null) {
            removeQuietly(next.device());
            next = awaitNext();
        }
    }

    private @Nullable Due awaitNext() {
        lock.lock();
        try {
            while (!closed) {
                Due first = due.peek();
                long wait = first == null ? Long.MAX_VALUE : first.atNanos() - System.nanoTime();
                if (wait <= 0) {
                    return due.poll();
                }
                awaitChange(wait);
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void awaitChange(long nanos) {
        try {
            long left = changed.awaitNanos(nanos);
            assert left <= nanos;
        } catch (InterruptedException e) {
            // nobody interrupts this thread; the loop looks again
            LOG.log(Level.DEBUG, "interrupted", e);
        }
    }

    private void removeQuietly(String device) {
        try {
            remove.accept(device);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "cannot remove device " + device, e);
        }
    }

    /// Removes the rest at once; afterwards nothing is being removed any more.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            due.forEach(d -> removeQuietly(d.device()));
            due.clear();
        } finally {
            lock.unlock();
        }
        Thread removing = worker;
        if (removing != null) {
            try {
                boolean ended = removing.join(LONGEST_REMOVAL);
                LOG.log(Level.DEBUG, "the last removal has ended: " + ended);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
