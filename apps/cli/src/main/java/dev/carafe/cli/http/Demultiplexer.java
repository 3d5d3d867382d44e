package dev.carafe.cli.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Takes apart a stream of frames (Engine API, attach: stream format): 8 bytes of head, byte 0 the
/// stream, bytes 4 to 7 the length.
public final class Demultiplexer {
    private static final int SYSTEM_ERROR = 3;

    private Demultiplexer() {}

    /// Copies to the stream's end, flushing whenever there is nothing more to read at once.
    ///
    /// @throws IOException also for an error that the server sent inside the stream
    public static void copy(InputStream in, OutputStream out, OutputStream err) throws IOException {
        byte[] buffer = new byte[32 * 1024];
        byte[] head = new byte[8];
        while (readFully(in, head)) {
            long length =
                    ((head[4] & 0xffL) << 24)
                            | (head[5] & 0xff) << 16
                            | (head[6] & 0xff) << 8
                            | (head[7] & 0xff);
            switch (head[0]) {
                case 0, 1 -> frame(in, out, length, buffer);
                case 2 -> frame(in, err, length, buffer);
                case SYSTEM_ERROR ->
                        throw new IOException("error from daemon in stream: " + text(in, length));
                default -> throw new IOException("unrecognized input header: " + head[0]);
            }
        }
    }

    private static boolean readFully(InputStream in, byte[] target) throws IOException {
        int at = 0;
        while (at < target.length) {
            int n = in.read(target, at, target.length - at);
            if (n < 0) {
                if (at > 0) {
                    throw new EOFException("the stream is cut off");
                }
                return false;
            }
            at += n;
        }
        return true;
    }

    private static void frame(InputStream in, OutputStream out, long length, byte[] buffer)
            throws IOException {
        long left = length;
        while (left > 0) {
            int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                throw new EOFException("the stream is cut off");
            }
            out.write(buffer, 0, n);
            left -= n;
        }
        out.flush();
    }

    private static String text(InputStream in, long length) throws IOException {
        return new String(in.readNBytes((int) Math.min(length, 64 * 1024)), StandardCharsets.UTF_8);
    }
}
