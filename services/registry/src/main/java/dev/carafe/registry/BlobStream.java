package dev.carafe.registry;

import dev.carafe.base.BulkInput;
import dev.carafe.base.DataLoss;
import dev.carafe.base.Subject;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.registry.http.Answer;
import dev.carafe.registry.http.BodyStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A blob on its way in. Goes on where it stopped when the connection is lost (RFC 9110 section 14,
/// Range), asks for several ranges side by side where it waits for the server more than the reader
/// does for it, and ends only when length and digest are those of the descriptor: until its end,
/// what was read may be wrong. One thread reads, any may close.
public final class BlobStream extends BulkInput {
    private static final int DRAIN = 64 << 10;

    /// Bytes of an answer after which its speed is judged.
    private static final long TRIED = 4 << 20;

    /// Opens a range of the blob.
    @FunctionalInterface
    interface Opener {
        /// @return an answer with status 200 (the whole) or 206 (the range)
        Answer open(ByteRange range) throws IOException;
    }

    /// Whether a server is what a read waits for.
    @FunctionalInterface
    interface Verdict {
        /// @param waited how much of the time went by waiting for the server
        /// @param elapsed since the answer began
        boolean slow(Duration waited, Duration elapsed);

        /// More than half of the time went by so.
        Verdict BY_HALF = (waited, elapsed) -> waited.multipliedBy(2).compareTo(elapsed) > 0;
    }

    private final Descriptor blob;
    private final Opener opener;
    private final Verdict verdict;
    private final Patience patience;
    private final int ranges;
    private final Digest.Hasher hasher;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stopped = lock.newCondition();
    private @Nullable BodyStream body;
    private @Nullable RangesAhead ahead;
    private boolean rangesWork;
    private long openedAt;
    private long openedNanos;
    private boolean closed;
    private boolean ended;
    private long at;

    BlobStream(Descriptor blob, Opener opener, RegistryOptions options, Verdict verdict) {
        this.blob = blob;
        this.opener = opener;
        this.verdict = verdict;
        this.patience = new Patience(options, this::sleep);
        this.ranges = options.effort().ranges();
        this.rangesWork = ranges > 1;
        this.hasher = blob.digest().hasher();
    }

    /// @throws IOException caused by {@link DataLoss} when the bytes are not the blob's
    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            try {
                int count = next(bytes, offset, (int) Math.min(length, blob.size() - at + 1));
                if (count > 0) {
                    take(bytes, offset, count);
                    return count;
                }
                if (at == blob.size()) {
                    finish();
                } else {
                    lost(new IOException("unexpected EOF"));
                }
            } catch (Wrong e) {
                throw e;
            } catch (IOException e) {
                lost(e);
            }
        }
        return -1;
    }

    private int next(byte[] bytes, int offset, int length) throws IOException {
        RangesAhead pieces = ahead;
        if (pieces != null) {
            return pieces.read(bytes, offset, length);
        }
        BodyStream from = body();
        if (rangesWork && serverIsSlow(from)) {
            return split().read(bytes, offset, length);
        }
        return from.read(bytes, offset, length);
    }

    private boolean serverIsSlow(BodyStream from) {
        return at - openedAt >= TRIED
                && blob.size() - at >= 2L * RangesAhead.PIECE
                && verdict.slow(from.waited(), Duration.ofNanos(System.nanoTime() - openedNanos));
    }

    private RangesAhead split() throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new IOException("closed");
            }
            if (body != null) {
                body.close();
                body = null;
            }
            RangesAhead pieces = new RangesAhead(opener, at, blob.size(), ranges);
            ahead = pieces;
            return pieces;
        } finally {
            lock.unlock();
        }
    }

    private void take(byte[] bytes, int offset, int count) throws Wrong {
        at += count;
        if (at > blob.size()) {
            throw wrong("is longer than " + blob.size() + " bytes");
        }
        hasher.update(bytes, offset, count);
        patience.progress(count);
    }

    private void finish() throws Wrong {
        ended = true;
        Digest digest = hasher.digest();
        if (!digest.equals(blob.digest())) {
            throw wrong("has the digest " + digest);
        }
        close();
    }

    private void lost(IOException failure) throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new IOException("closed", failure);
            }
            if (body != null) {
                body.close();
                body = null;
            }
            if (ahead != null) {
                // one connection may do where several did not
                ahead.close();
                ahead = null;
                rangesWork = false;
            }
        } finally {
            lock.unlock();
        }
        patience.failed(failure);
    }

    private BodyStream body() throws IOException {
        BodyStream open = body;
        if (open != null) {
            return open;
        }
        Answer answer = opener.open(ByteRange.startingAt(at));
        BodyStream fresh = answer.body();
        lock.lock();
        try {
            if (closed) {
                fresh.close();
                throw new IOException("closed");
            }
            body = fresh;
        } finally {
            lock.unlock();
        }
        position(answer, fresh);
        openedAt = at;
        openedNanos = System.nanoTime();
        return fresh;
    }

    /// A server that knows no ranges sends all again; one that lies about the length is refused.
    private void position(Answer answer, BodyStream fresh) throws IOException {
        long length = answer.number("Content-Length");
        if (answer.status() != 206) {
            if (length >= 0 && length != blob.size()) {
                throw wrong("has " + length + " bytes, not " + blob.size());
            }
            byte[] waste = new byte[DRAIN];
            for (long skipped = 0; skipped < at; ) {
                int count = fresh.read(waste, 0, (int) Math.min(waste.length, at - skipped));
                if (count < 0) {
                    throw new IOException("unexpected EOF");
                }
                skipped += count;
            }
        } else if (!ByteRange.startingAt(at).isOf(answer)) {
            throw wrong("came from the wrong place: " + answer.header("Content-Range"));
        }
    }

    private Wrong wrong(String how) {
        String text =
                "filesystem layer verification failed for digest "
                        + blob.digest()
                        + ": what the registry sent "
                        + how;
        return new Wrong(new DataLoss(new Subject("blob", blob.digest().toString()), text));
    }

    /// Ends a wait of {@link Patience} early.
    private void sleep(Duration time) throws IOException {
        lock.lock();
        try {
            long left = time.toNanos();
            while (!closed && left > 0) {
                left = stopped.awaitNanos(left);
            }
            if (closed) {
                throw new IOException("closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    /// Gives the rest up; a thread that reads gets an exception.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (body != null) {
                body.close();
            }
            if (ahead != null) {
                ahead.close();
            }
            stopped.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static final class Wrong extends IOException {
        Wrong(DataLoss cause) {
            super(cause.text(), cause);
        }
    }
}
