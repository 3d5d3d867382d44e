package dev.carafe.base;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Work that nobody waits for: done one piece after the other, a moment after it was given, so that
/// it does not compete with the answer to whoever caused it. Its thread ends when there was none
/// for some seconds.
public final class Background implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Background.class.getName());
    private static final long MOMENT_MILLIS = 5;
    private static final long IDLE_SECONDS = 5;
    private static final Duration CLOSE = Duration.ofSeconds(5);
    private final ScheduledThreadPoolExecutor worker;

    /// @param name of the thread
    public Background(String name) {
        worker =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name(name).factory());
        worker.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        worker.allowCoreThreadTimeOut(true);
    }

    /// @param piece a failure of it is told in the log, and keeps no other from being done
    /// @return false when it is closed: the piece is not done
    public boolean add(Runnable piece) {
        try {
            var unused = worker.schedule(() -> run(piece), MOMENT_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private static void run(Runnable piece) {
        try {
            piece.run();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "work in the background failed", e);
        }
    }

    /// Does what was given, for some seconds at most.
    @Override
    public void close() {
        worker.shutdown();
        await();
    }

    /// Leaves what has not begun; waits for the piece under way, some seconds at most.
    public void abandon() {
        worker.getQueue().clear();
        worker.shutdown();
        await();
    }

    private void await() {
        try {
            if (!worker.awaitTermination(CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException e) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
