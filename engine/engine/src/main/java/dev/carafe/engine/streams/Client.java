package dev.carafe.engine.streams;

import dev.carafe.engine.logs.StreamKind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One attached client: a bounded queue between the pump and its sink.
final class Client implements AttachSession {
    private static final int QUEUE_BYTES = 1 << 20;
    private static final long CHECK_SECONDS = 5;

    /// @param kind null ends the queue
    private record Chunk(@Nullable StreamKind kind, byte[] data) {}

    private final StreamHub hub;
    private final boolean stdin;
    private final boolean stdout;
    private final boolean stderr;
    private final boolean stdinOnce;
    private final @Nullable DetachKeys detachKeys;
    private final OutputSink sink;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Deque<Chunk> queue = new ArrayDeque<>();
    private int queued;
    private boolean open = true;
    private boolean unbounded;
    private volatile boolean detached;

    Client(
            StreamHub hub,
            boolean stdin,
            boolean stdout,
            boolean stderr,
            boolean stdinOnce,
            @Nullable DetachKeys detachKeys,
            StreamHub.Prelude prelude,
            OutputSink sink) {
        this.hub = hub;
        this.stdin = stdin;
        this.stdout = stdout;
        this.stderr = stderr;
        this.stdinOnce = stdinOnce;
        this.detachKeys = detachKeys;
        this.sink = sink;
        Thread.ofVirtual().name("attach").start(() -> deliver(prelude));
    }

    /// Called by the pump; waits while the queue is full.
    void offer(StreamKind kind, byte[] data, int from, int to) {
        boolean wanted = kind == StreamKind.STDERR ? stderr : stdout;
        if (!wanted || from == to) {
            return;
        }
        byte[] copy = Arrays.copyOfRange(data, from, to);
        lock.lock();
        try {
            while (open && !unbounded && queued > 0 && queued + copy.length > QUEUE_BYTES) {
                boolean unused = moved.await(CHECK_SECONDS, TimeUnit.SECONDS);
            }
            if (open) {
                queue.add(new Chunk(kind, copy));
                queued += copy.length;
                moved.signalAll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /// The process has ended, and no more comes than its pipes hold: a client that does not read
    /// must not keep the end from being noticed.
    void lift() {
        lock.lock();
        try {
            unbounded = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// No more output will come; what is queued is still delivered.
    void finish() {
        lock.lock();
        try {
            queue.add(new Chunk(null, new byte[0]));
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void deliver(StreamHub.Prelude prelude) {
        try {
            prelude.give(sink);
            for (Chunk chunk = take(); chunk.kind != null; chunk = take()) {
                sink.write(chunk.kind, chunk.data, 0, chunk.data.length);
            }
        } catch (IOException e) {
            // The client is gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    private Chunk take() throws InterruptedException {
        lock.lock();
        try {
            while (open && queue.isEmpty()) {
                moved.await();
            }
            Chunk chunk = open ? queue.remove() : new Chunk(null, new byte[0]);
            queued -= chunk.data.length;
            moved.signalAll();
            return chunk;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            open = false;
            queue.clear();
            moved.signalAll();
        } finally {
            lock.unlock();
        }
        hub.remove(this);
        ended.complete(null);
    }

    @Override
    public void stdin(byte[] data, int offset, int length) throws IOException {
        if (!stdin) {
            return;
        }
        if (detachKeys == null) {
            hub.stdin(this, data, offset, length);
            return;
        }
        byte[] passed = detachKeys.filter(data, offset, length);
        if (passed == null) {
            detached = true;
            end();
        } else {
            hub.stdin(this, passed, 0, passed.length);
        }
    }

    boolean isOpen() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void closeStdin() {
        if (stdin && stdinOnce && !hub.tty() && !detached) {
            hub.closeStdin();
        }
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public boolean detached() {
        return detached;
    }

    @Override
    public boolean tty() {
        return hub.tty();
    }

    @Override
    public void close() {
        if (isOpen()) {
            closeStdin();
            end();
        }
    }
}
