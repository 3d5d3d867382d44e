package dev.carafe.network.dns;

import dev.carafe.linux.netlink.NetlinkSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;

/// The sockets of a name server inside a network namespace, at 127.0.0.11. They have ports of their
/// own, to which {@link PortRedirection} leads, so that a name server of the container's can have
/// port 53.
public record NameSockets(DatagramChannel udp, ServerSocketChannel tcp) implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(NameSockets.class.getName());

    static InetAddress address() {
        return InetAddress.ofLiteral("127.0.0.11");
    }

    /// In the calling thread's network namespace, which nobody has served yet.
    public static NameSockets open() {
        try (NetlinkSocket netfilter = NetlinkSocket.netfilter()) {
            return open(netfilter, Optional.empty());
        }
    }

    /// In the calling thread's network namespace, with the ports of an earlier daemon where they
    /// are free: then no rule has to be changed.
    public static NameSockets openAgain() {
        try (NetlinkSocket netfilter = NetlinkSocket.netfilter()) {
            Optional<PortRedirection> earlier = PortRedirection.find(netfilter);
            if (earlier.isPresent()) {
                try {
                    return bind(earlier.get().udpPort(), earlier.get().tcpPort());
                } catch (IOException e) {
                    LOG.log(Level.DEBUG, "a port of the name server was taken", e);
                }
            }
            return open(netfilter, earlier);
        }
    }

    private static NameSockets open(NetlinkSocket netfilter, Optional<PortRedirection> earlier) {
        NameSockets opened;
        try {
            opened = bind(0, 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the name server's sockets", e);
        }
        try {
            PortRedirection.of(port(opened.udp), port(opened.tcp)).install(netfilter, earlier);
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static NameSockets bind(int udpPort, int tcpPort) throws IOException {
        InetAddress address = address();
        DatagramChannel udp = DatagramChannel.open(StandardProtocolFamily.INET);
        ServerSocketChannel tcp = null;
        try {
            udp.bind(new InetSocketAddress(address, udpPort));
            tcp = ServerSocketChannel.open(StandardProtocolFamily.INET);
            tcp.bind(new InetSocketAddress(address, tcpPort));
            return new NameSockets(udp, tcp);
        } catch (IOException | RuntimeException e) {
            udp.close();
            if (tcp != null) {
                tcp.close();
            }
            throw e;
        }
    }

    private static int port(DatagramChannel channel) {
        return port(channel.socket().getLocalSocketAddress());
    }

    private static int port(ServerSocketChannel channel) {
        return port(channel.socket().getLocalSocketAddress());
    }

    private static int port(SocketAddress address) {
        return ((InetSocketAddress) address).getPort();
    }

    @Override
    public void close() {
        try {
            udp.close();
            tcp.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing a name server", e);
        }
    }
}
