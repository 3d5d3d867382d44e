package dev.carafe.dockerapi.websocket;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;

/// Writes frames, unmasked as a server does. Thread-safe: the reader answers pings.
final class FrameOutput extends OutputStream {
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    private static final int FIN = 0x80;
    private static final byte[] NORMAL_CLOSURE = {0x03, (byte) 0xe8};
    private final OutputStream out;
    private final int kind;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean ended;

    FrameOutput(OutputStream out, boolean binary) {
        this.out = out;
        this.kind = binary ? BINARY : TEXT;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        frame(kind, bytes, offset, length);
    }

    void frame(int opcode, byte[] bytes, int offset, int length) throws IOException {
        int head = length < 126 ? 2 : length < 1 << 16 ? 4 : 10;
        byte[] frame = new byte[head + length];
        frame[0] = (byte) (FIN | opcode);
        if (head == 2) {
            frame[1] = (byte) length;
        } else {
            frame[1] = (byte) (head == 4 ? 126 : 127);
            for (int i = head - 1, rest = length; i > 1; i--, rest >>>= 8) {
                frame[i] = (byte) rest;
            }
        }
        System.arraycopy(bytes, offset, frame, head, length);
        lock.lock();
        try {
            if (ended) {
                throw new IOException("the websocket is closed");
            }
            ended = opcode == CLOSE;
            out.write(frame);
        } finally {
            lock.unlock();
        }
    }

    /// Says goodbye, once; a client that does not hear it has left.
    void end() {
        try {
            frame(CLOSE, NORMAL_CLOSURE, 0, NORMAL_CLOSURE.length);
        } catch (IOException e) {
            // closed before, or gone
        }
    }
}
