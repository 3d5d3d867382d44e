package dev.carafe.dockerapi.routes;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Begins the answer with the first byte (or at the end): an error before that can still be an
/// answer of its own. When the block that writes it fails, `close` does not end the answer as if it
/// were whole: see {@link #close}.
final class LazyOutput extends OutputStream {
    /// Begins the answer.
    @FunctionalInterface
    interface Begin {
        OutputStream begin() throws IOException;
    }

    private final Begin begin;
    private @Nullable OutputStream out;
    private boolean whole;

    LazyOutput(Begin begin) {
        this.begin = begin;
    }

    private OutputStream out() throws IOException {
        OutputStream stream = out;
        if (stream == null) {
            stream = begin.begin();
            out = stream;
        }
        return stream;
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

    boolean begun() {
        return out != null;
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
