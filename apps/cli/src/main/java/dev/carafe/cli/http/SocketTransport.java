package dev.carafe.cli.http;

import java.io.IOException;
import java.net.Socket;

/// A classic socket: TLS.
final class SocketTransport implements Transport {
    private final Socket socket;

    SocketTransport(Socket socket) {
        this.socket = socket;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        return socket.getInputStream().read(buffer, offset, length);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        socket.getOutputStream().write(buffer, offset, length);
    }

    @Override
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
