package dev.carafe.registry.http;

import dev.carafe.base.BulkInput;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// An answer's body as it comes in, a few pieces ahead. A server that sends too little for too long
/// is given up: only time spent waiting for it counts, so a slow reader harms nobody. One thread
/// reads; any may close.
public final class BodyStream extends BulkInput implements HttpResponse.BodySubscriber<BodyStream> {
    private static final int AHEAD = 16;
    private static final long LEAST_BYTES = 16 << 10;
    private static final List<ByteBuffer> END = List.of();

    private final LinkedBlockingQueue<List<ByteBuffer>> arrived = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final long patienceNanos;
    private List<ByteBuffer> batch = List.of();
    private int next;
    private boolean ended;
    private long waitedNanos;
    private long allWaitedNanos;
    private long bytesSinceWait;
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;

    /// @param patience how long 16 KiB may be on their way
    BodyStream(Duration patience) {
        this.patienceNanos = patience.toNanos();
    }

    @Override
    public CompletionStage<BodyStream> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription s) {
        if (closed || !subscription.complete(s)) {
            s.cancel();
            return;
        }
        s.request(AHEAD);
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
        if (!item.isEmpty()) {
            arrived.add(item);
        }
    }

    @Override
    public void onError(Throwable throwable) {
        failure = throwable;
        arrived.add(END);
    }

    @Override
    public void onComplete() {
        arrived.add(END);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int done = 0;
        while (done < length) {
            ByteBuffer piece = piece(done == 0);
            if (piece == null) {
                return done > 0 ? done : -1;
            }
            if (!piece.hasRemaining()) {
                return done;
            }
            int count = Math.min(piece.remaining(), length - done);
            piece.get(bytes, offset + done, count);
            done += count;
            bytesSinceWait += count;
        }
        return done;
    }

    private static final ByteBuffer NOTHING_YET = ByteBuffer.allocate(0);

    /// The next bytes; null at the end, an empty piece when nothing is there and we must not wait.
    private @Nullable ByteBuffer piece(boolean wait) throws IOException {
        while (true) {
            while (next < batch.size()) {
                if (batch.get(next).hasRemaining()) {
                    return batch.get(next);
                }
                next++;
            }
            if (ended) {
                return null;
            }
            List<ByteBuffer> more = wait ? await() : arrived.poll();
            if (more == null) {
                return NOTHING_YET;
            }
            if (more == END) {
                if (!wait && failure != null) {
                    // told at the next call, after what came before it
                    arrived.add(END);
                    return NOTHING_YET;
                }
                end();
                return null;
            }
            batch = more;
            next = 0;
            subscription.join().request(1);
        }
    }

    private void end() throws IOException {
        Throwable broken = failure;
        if (broken != null) {
            arrived.add(END);
            throw new IOException(
                    broken.getMessage() == null ? broken.toString() : broken.getMessage(), broken);
        }
        ended = true;
    }

    private List<ByteBuffer> await() throws IOException {
        List<ByteBuffer> ready = arrived.poll();
        if (ready != null) {
            return ready;
        }
        if (bytesSinceWait >= LEAST_BYTES) {
            bytesSinceWait = 0;
            waitedNanos = 0;
        }
        long start = System.nanoTime();
        try {
            ready = arrived.poll(patienceNanos - waitedNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        long waited = System.nanoTime() - start;
        waitedNanos += waited;
        allWaitedNanos += waited;
        if (ready == null) {
            close();
            throw new HttpTimeoutException("the server sends nothing more");
        }
        return ready;
    }

    /// How long reads have waited for the server since this was made. For the thread that reads.
    public Duration waited() {
        return Duration.ofNanos(allWaitedNanos);
    }

    /// Gives the rest up: breaks the connection off unless all has come in.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (failure == null) {
                failure = new IOException("closed");
            }
            subscription.thenAccept(Flow.Subscription::cancel);
            arrived.add(END);
        }
    }
}
