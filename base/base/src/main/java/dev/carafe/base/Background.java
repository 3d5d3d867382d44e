package dev.carafe.base;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Work that nobody waits for: done one piece after the other, a moment after it was given, so that
/// it does not compete with the answer to whoever caused it. Its thread is started by none of those
/// who give work, and ends when there was none for some seconds.
public final class Background implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Background.class.getName());
    private static final Duration MOMENT = Duration.ofMillis(5);
    private static final long IDLE_SECONDS = 5;
    private static final Duration CLOSE = Duration.ofSeconds(5);
    private final ThreadPoolExecutor worker;

    /// What waits for its moment to pass.
    private final Queue<Runnable> given = new ArrayDeque<>();

    private boolean closed;

    /// @param name of the thread
    public Background(String name) {
        worker =
                new ThreadPoolExecutor(
                        1,
                        1,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().daemon().name(name).factory());
        worker.allowCoreThreadTimeOut(true);
    }

    /// @param piece a failure of it is told in the log, and keeps no other from being done
    /// @return false when it is closed: the piece is not done
    public synchronized boolean add(Runnable piece) {
        if (closed) {
            return false;
        }
        given.add(piece);
        if (given.size() == 1) {
            Thread.startVirtualThread(this::handOverSoon);
        }
        return true;
    }

    private void handOverSoon() {
        try {
            Thread.sleep(MOMENT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        handOver();
    }

    private synchronized void handOver() {
        for (Runnable piece = given.poll(); piece != null; piece = given.poll()) {
            Runnable next = piece;
            worker.execute(() -> run(next));
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
        synchronized (this) {
            closed = true;
            handOver();
        }
        end();
    }

    /// Leaves what has not begun; waits for the piece under way, some seconds at most.
    public void abandon() {
        synchronized (this) {
            closed = true;
            given.clear();
        }
        worker.getQueue().clear();
        end();
    }

    private void end() {
        worker.shutdown();
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
