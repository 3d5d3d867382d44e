package dev.carafe.cli.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// A unix socket or a plain TCP connection.
public final class ChannelTransport implements Transport {
    private final SocketChannel channel;

    private ChannelTransport(SocketChannel channel) {
        this.channel = channel;
    }

    /// Does on a thread of its own what the JDK does at the first unix socket: it makes a secure
    /// random generator, for names that no client needs, which takes longer than the rest of many a
    /// command.
    public static void prepare() {
        Thread.ofPlatform().name("sockets").daemon().start(ChannelTransport::openOne);
    }

    private static void openOne() {
        try {
            SocketChannel.open(StandardProtocolFamily.UNIX).close();
        } catch (IOException e) {
            // who connects is told
            return;
        }
    }

    /// @throws IOException when nobody listens there
    public static ChannelTransport unix(String path) throws IOException {
        return connect(UnixDomainSocketAddress.of(path));
    }

    /// @throws IOException when nobody listens there
    public static ChannelTransport tcp(String host, int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException("no such host: " + host);
        }
        ChannelTransport transport = connect(address);
        transport.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return transport;
    }

    private static ChannelTransport connect(SocketAddress address) throws IOException {
        return new ChannelTransport(SocketChannel.open(address));
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        return channel.read(ByteBuffer.wrap(buffer, offset, length));
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, offset, length);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
