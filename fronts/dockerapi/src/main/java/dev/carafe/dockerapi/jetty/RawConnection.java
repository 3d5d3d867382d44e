package dev.carafe.dockerapi.jetty;

import dev.carafe.base.BulkInput;
import dev.carafe.dockerapi.http.RawStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/// A connection taken away from Jetty's HTTP: blocking reads and writes on its end point. Jetty
/// neither reads nor writes on it while the request it belongs to is being handled, and that
/// request is never completed.
final class RawConnection implements RawStream {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final EndPoint endPoint;
    private final InputStream in;
    private final OutputStream out = new Out();

    RawConnection(Connection connection) {
        this(
                connection.getEndPoint(),
                connection instanceof Connection.UpgradeFrom from ? from.onUpgradeFrom() : null);
    }

    /// @param early what was read already, null for nothing
    RawConnection(EndPoint endPoint, @Nullable ByteBuffer early) {
        this.endPoint = endPoint;
        in = new In(early);
        endPoint.setIdleTimeout(0);
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public void close() {
        endPoint.shutdownOutput();
        endPoint.close();
    }

    private final class In extends BulkInput {
        private @Nullable ByteBuffer buffer;

        In(@Nullable ByteBuffer early) {
            buffer = early;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            if (length == 0) {
                return 0;
            }
            ByteBuffer from = buffer;
            if (from == null || !from.hasRemaining()) {
                from = fill();
                if (from == null) {
                    return -1;
                }
                buffer = from;
            }
            int n = Math.min(length, from.remaining());
            from.get(bytes, offset, n);
            if (!from.hasRemaining()) {
                buffer = null;
            }
            return n;
        }

        /// The next bytes, or null at the end. The buffer exists only while there are bytes: most
        /// connections are silent.
        private @Nullable ByteBuffer fill() throws IOException {
            while (true) {
                ByteBuffer fresh = BufferUtil.allocate(BUFFER_BYTES);
                int n = endPoint.fill(fresh);
                if (n > 0) {
                    return fresh;
                }
                if (n < 0) {
                    return null;
                }
                fresh = null;
                try (Blocker.Callback readable = Blocker.callback()) {
                    endPoint.fillInterested(readable);
                    readable.block();
                }
            }
        }
    }

    private final class Out extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try (Blocker.Callback written = Blocker.callback()) {
                endPoint.write(written, ByteBuffer.wrap(bytes, offset, length));
                written.block();
            }
        }
    }
}
