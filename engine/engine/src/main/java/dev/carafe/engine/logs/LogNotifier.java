package dev.carafe.engine.logs;

/// Wakes the followers of a log: a counter that goes up with every change. Thread-safe.
public final class LogNotifier {
    private long version;

    public synchronized long version() {
        return version;
    }

    /// Something was written, or the process' life changed: followers look again.
    public synchronized void changed() {
        version++;
        notifyAll();
    }

    /// Waits until the version differs from `seen`, at most so long.
    public synchronized void await(long seen, long timeoutMillis) throws InterruptedException {
        long deadline = System.nanoTime() + timeoutMillis * 1_000_000;
        while (version == seen) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }
}
