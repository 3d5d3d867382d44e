package dev.carafe.dockerapi.jetty;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/// A chunked answer written past Jetty's HTTP, so that the end point's readability is ours to
/// watch: readable and at its end means that the client has gone, which a stream with nothing to
/// say would not notice otherwise.
final class LiveOutput extends OutputStream implements Callback {
    private static final byte[] END = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER_BYTES = 8 * 1024;

    private final EndPoint endPoint;
    private final OutputStream raw;
    private final boolean chunked;
    private final Runnable gone;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int used;

    /// @param chunked false for HTTP/1.0, where the end of the connection is the end of the answer
    LiveOutput(EndPoint endPoint, OutputStream raw, boolean chunked, Runnable gone) {
        this.endPoint = endPoint;
        this.raw = raw;
        this.chunked = chunked;
        this.gone = gone;
    }

    void watch() {
        endPoint.tryFillInterested(this);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > buffer.length - used) {
            flush();
        }
        if (length > buffer.length) {
            chunk(bytes, offset, length);
            return;
        }
        System.arraycopy(bytes, offset, buffer, used, length);
        used += length;
    }

    @Override
    public void flush() throws IOException {
        if (used > 0) {
            int n = used;
            used = 0;
            chunk(buffer, 0, n);
        }
    }

    @Override
    public void close() throws IOException {
        if (ended.get()) {
            return;
        }
        flush();
        if (chunked) {
            raw.write(END);
        }
        ended.set(true);
    }

    private void chunk(byte[] bytes, int offset, int length) throws IOException {
        if (!chunked) {
            raw.write(bytes, offset, length);
            return;
        }
        byte[] head = (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[head.length + length + 2];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(bytes, offset, whole, head.length, length);
        whole[whole.length - 2] = '\r';
        whole[whole.length - 1] = '\n';
        raw.write(whole);
    }

    /// The end point became readable.
    @Override
    public void succeeded() {
        try {
            ByteBuffer ignored = BufferUtil.allocate(64);
            int n = endPoint.fill(ignored);
            if (n >= 0) {
                endPoint.tryFillInterested(this);
                return;
            }
        } catch (IOException e) {
            // gone all the same
        }
        left();
    }

    /// The end point was closed.
    @Override
    public void failed(Throwable cause) {
        left();
    }

    private void left() {
        if (ended.compareAndSet(false, true)) {
            Thread.startVirtualThread(gone);
        }
    }
}
