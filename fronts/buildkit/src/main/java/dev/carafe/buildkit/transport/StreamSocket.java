package dev.carafe.buildkit.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;

/// Two streams as a socket. Closing it closes both and lets {@link #awaitClose} return.
public final class StreamSocket extends Socket {
    private static final SocketAddress ADDRESS =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    private final InputStream in;
    private final OutputStream out;
    private final Runnable closing;
    private final CompletableFuture<Boolean> closed = new CompletableFuture<>();

    /// @param closing ends both directions, so that a read under way returns
    public StreamSocket(InputStream in, OutputStream out, Runnable closing) {
        this.in = in;
        this.out = out;
        this.closing = closing;
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    public void close() throws IOException {
        if (closed.complete(true)) {
            closing.run();
        }
    }

    /// Blocks until one side has closed.
    public void awaitClose() {
        closed.join();
    }

    @Override
    public boolean isClosed() {
        return closed.isDone();
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return ADDRESS;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return ADDRESS;
    }

    @Override
    public InetAddress getInetAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public void setSoTimeout(int millis) {}

    @Override
    public int getSoTimeout() {
        return 0;
    }
}
