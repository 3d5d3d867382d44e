package dev.carafe.dockerapi.routes;

import dev.carafe.dockerapi.http.ApiVersion;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.engine.logs.StreamKind;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;

/// Writes a container's output to a client: raw for a terminal, else in frames of a head of eight
/// bytes (stream number, three zeros, length big endian) and the bytes. Thread-safe.
final class Frames {
    static final int HEAD = 8;
    private static final String RAW = "application/vnd.docker.raw-stream";

    private final OutputStream out;
    private final boolean raw;
    private final ReentrantLock lock = new ReentrantLock();

    Frames(OutputStream out, boolean raw) {
        this.out = out;
        this.raw = raw;
    }

    /// Writes an empty frame, which no client shows, to learn whether there still is one.
    ///
    /// @return false when it has gone; true for a raw stream, in which nothing can be said unseen
    boolean probe() {
        if (raw) {
            return true;
        }
        try {
            write(StreamKind.STDOUT, new byte[0], 0, 0);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    void write(StreamKind kind, byte[] data, int offset, int length) throws IOException {
        lock.lock();
        try {
            send(kind, data, offset, length);
        } finally {
            lock.unlock();
        }
    }

    private void send(StreamKind kind, byte[] data, int offset, int length) throws IOException {
        if (raw) {
            out.write(data, offset, length);
            return;
        }
        byte[] frame = new byte[HEAD + length];
        head(kind, length, frame, 0);
        System.arraycopy(data, offset, frame, HEAD, length);
        out.write(frame);
    }

    /// Writes the head of a frame of so many bytes.
    static void head(StreamKind kind, int length, byte[] out, int at) {
        out[at] = number(kind);
        out[at + 1] = 0;
        out[at + 2] = 0;
        out[at + 3] = 0;
        out[at + 4] = (byte) (length >>> 24);
        out[at + 5] = (byte) (length >>> 16);
        out[at + 6] = (byte) (length >>> 8);
        out[at + 7] = (byte) length;
    }

    private static byte number(StreamKind kind) {
        return switch (kind) {
            case STDIN -> 0;
            case STDOUT -> 1;
            case STDERR -> 2;
        };
    }

    /// The content type of a stream without or with frames, for the client's version.
    static String contentType(boolean raw, ApiVersion version) {
        return raw || version.before(42) ? RAW : "application/vnd.docker.multiplexed-stream";
    }

    /// The same for a connection that is taken over: only who asks for an upgrade is told of
    /// frames.
    static String hijackedType(boolean raw, Exchange x) {
        return contentType(raw || x.header("Upgrade") == null, x.version());
    }
}
