package dev.carafe.dockerapi.jetty;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.BufferUtil;

/// An answer of unknown length through Jetty, flushed when asked.
final class BodyOutput extends OutputStream {
    private static final int BUFFER_BYTES = 32 * 1024;

    private final Response response;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int used;
    private boolean closed;

    BodyOutput(Response response) {
        this.response = response;
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
            send(false, ByteBuffer.wrap(bytes, offset, length));
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
            send(false, ByteBuffer.wrap(buffer, 0, n));
        }
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            send(true, ByteBuffer.wrap(buffer, 0, used));
        }
    }

    void head() throws IOException {
        send(false, BufferUtil.EMPTY_BUFFER);
    }

    private void send(boolean last, ByteBuffer bytes) throws IOException {
        try (Blocker.Callback sent = Blocker.callback()) {
            response.write(last, bytes, sent);
            sent.block();
        }
    }
}
