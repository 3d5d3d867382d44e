package dev.carafe.buildkit.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ServerSocketFactory;

/// A server socket that nobody connects to: connections are handed to it.
public final class Doorstep extends ServerSocket {
    private static final Socket END = new Socket();

    private final BlockingQueue<Socket> waiting = new LinkedBlockingQueue<>();
    private volatile boolean open = true;

    public Doorstep() throws IOException {
        super();
    }

    /// Hands a connection to the server.
    public void arrive(Socket socket) {
        waiting.add(socket);
    }

    @Override
    public Socket accept() throws IOException {
        try {
            Socket next = waiting.take();
            if (next == END) {
                throw new SocketException("closed");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SocketException("interrupted");
        }
    }

    @Override
    public void bind(SocketAddress address) {}

    @Override
    public void bind(SocketAddress address, int backlog) {}

    @Override
    public SocketAddress getLocalSocketAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    }

    @Override
    public void setReuseAddress(boolean on) {}

    @Override
    public boolean isClosed() {
        return !open;
    }

    @Override
    public void close() {
        open = false;
        waiting.add(END);
    }

    /// A factory of this one only.
    public ServerSocketFactory factory() {
        return new ServerSocketFactory() {
            @Override
            public ServerSocket createServerSocket() {
                return Doorstep.this;
            }

            @Override
            public ServerSocket createServerSocket(int port) {
                return Doorstep.this;
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog) {
                return Doorstep.this;
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
                return Doorstep.this;
            }
        };
    }
}
