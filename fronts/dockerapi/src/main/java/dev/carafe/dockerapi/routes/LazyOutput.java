package dev.carafe.dockerapi.routes;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Begins the answer with the first byte (or at the end): an error before that can still be an
/// answer of its own, see {@link #giveUp}. Several threads may write, one at a time. When the block
/// that writes it fails, `close` does not end the answer as if it were whole: see {@link #close}.
final class LazyOutput extends OutputStream {
    /// Begins the answer.
    @FunctionalInterface
    interface Begin {
        OutputStream begin() throws IOException;
    }

    private final Begin begin;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable OutputStream out;
    private boolean givenUp;
    private boolean whole;

    LazyOutput(Begin begin) {
        this.begin = begin;
    }

    private OutputStream out() throws IOException {
        lock.lock();
        try {
            OutputStream stream = out;
            if (stream == null) {
                stream = givenUp ? nullOutputStream() : begin.begin();
                out = stream;
            }
            return stream;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(int b) throws IOException {
        out().write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out().write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        out().flush();
    }

    /// Leaves the answer to somebody else, unless it has begun: what other threads still write is
    /// dropped.
    ///
    /// @return false when it has begun
    boolean giveUp() {
        lock.lock();
        try {
            givenUp |= out == null;
            return givenUp;
        } finally {
            lock.unlock();
        }
    }

    /// All was written.
    void whole() {
        whole = true;
    }

    /// Ends the answer if {@link #whole} was called; else it stays open and the server breaks the
    /// connection off.
    @Override
    public void close() throws IOException {
        if (whole) {
            out().close();
        }
    }
}
