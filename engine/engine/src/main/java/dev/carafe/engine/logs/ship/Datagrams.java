package dev.carafe.engine.logs.ship;

import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Sockets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A Unix datagram socket, connected (unix(7)); the JDK has none.
final class Datagrams implements AutoCloseable {
    private static final int LONGEST_PATH = 107;
    private final Fd socket;

    private Datagrams(Fd socket) {
        this.socket = socket;
    }

    static Datagrams connect(Path path) throws IOException {
        byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
        if (name.length > LONGEST_PATH) {
            throw new IOException("the path of a socket has at most 107 bytes: " + path);
        }
        ByteBuffer address =
                ByteBuffer.allocate(2 + name.length + 1).order(ByteOrder.nativeOrder());
        address.putShort((short) Sockets.AF_UNIX).put(name);
        try {
            Fd socket = Sockets.socket(Sockets.AF_UNIX, Sockets.SOCK_DGRAM, 0);
            try {
                Sockets.connect(socket, address.array());
                return new Datagrams(socket);
            } catch (ErrnoException e) {
                socket.close();
                throw e;
            }
        } catch (ErrnoException e) {
            throw new IOException("connect to " + path + ": " + e.getMessage(), e);
        }
    }

    /// Does not wait for a slow receiver.
    void send(byte[] message) throws IOException {
        try {
            Sockets.send(socket, message, 0, message.length, Sockets.MSG_DONTWAIT);
        } catch (ErrnoException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
