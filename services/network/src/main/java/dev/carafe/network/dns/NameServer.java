package dev.carafe.network.dns;

import dev.carafe.linux.Fd;
import dev.carafe.linux.Namespaces;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Serves one container at 127.0.0.11, by UDP and TCP. The sockets are made inside its network
/// namespace and served from here; they have ports of their own, to which {@link PortRedirection}
/// leads, so that a name server of the container's can have port 53.
public final class NameServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(NameServer.class.getName());
    private static final byte[] ADDRESS = {127, 0, 0, 11};
    private static final int LARGEST_QUERY = 4096;
    private static final int CLIENT_TIMEOUT_MILLIS = 10_000;

    /// Queries on their way to others, and TCP clients, of one container at a time.
    private static final int MOST = 256;

    private final DatagramChannel udp;
    private final ServerSocketChannel tcp;
    private final Answers answers;
    private final Semaphore room = new Semaphore(MOST);
    private final Fd netns;

    private NameServer(DatagramChannel udp, ServerSocketChannel tcp, Answers answers, Fd netns) {
        this.udp = udp;
        this.tcp = tcp;
        this.answers = answers;
        this.netns = netns;
    }

    private record Opened(DatagramChannel udp, ServerSocketChannel tcp) {}

    /// Starts to serve.
    ///
    /// @param netns the container's; it is the server's from now on
    /// @param hostServers asked from this process' network
    /// @param ownServers asked from the container's; when there are any, nobody else
    public static NameServer start(
            Fd netns,
            Directory directory,
            List<InetAddress> hostServers,
            List<InetAddress> ownServers) {
        List<Upstream> upstreams =
                ownServers.isEmpty()
                        ? hostServers.stream().map(s -> new Upstream(at(s), null)).toList()
                        : ownServers.stream().map(s -> new Upstream(at(s), netns)).toList();
        Opened opened = Namespaces.inNetns(netns, NameServer::open);
        NameServer server =
                new NameServer(
                        opened.udp(),
                        opened.tcp(),
                        new Answers(directory, new Forwarder(upstreams)),
                        netns);
        Thread.ofVirtual().name("carafe-dns-udp").start(server::serveUdp);
        Thread.ofVirtual().name("carafe-dns-tcp").start(server::serveTcp);
        return server;
    }

    private static InetSocketAddress at(InetAddress server) {
        return new InetSocketAddress(server, 53);
    }

    private static Opened open() throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getByAddress(ADDRESS), 0);
        DatagramChannel udp = DatagramChannel.open(StandardProtocolFamily.INET);
        ServerSocketChannel tcp = null;
        try {
            udp.bind(anyPort);
            tcp = ServerSocketChannel.open(StandardProtocolFamily.INET);
            tcp.bind(anyPort);
            PortRedirection.install(port(udp.getLocalAddress()), port(tcp.getLocalAddress()));
            return new Opened(udp, tcp);
        } catch (IOException | RuntimeException e) {
            udp.close();
            if (tcp != null) {
                tcp.close();
            }
            throw e;
        }
    }

    private static int port(SocketAddress address) {
        return ((InetSocketAddress) address).getPort();
    }

    private void serveUdp() {
        ByteBuffer buffer = ByteBuffer.allocate(LARGEST_QUERY);
        while (udp.isOpen()) {
            try {
                buffer.clear();
                SocketAddress client = udp.receive(buffer);
                byte[] query = new byte[buffer.flip().remaining()];
                buffer.get(query);
                if (client != null) {
                    answer(query, client);
                }
            } catch (IOException | RuntimeException e) {
                if (udp.isOpen()) {
                    LOG.log(System.Logger.Level.DEBUG, "a query could not be answered", e);
                }
            }
        }
    }

    private void answer(byte[] query, SocketAddress client) throws IOException {
        Optional<byte[]> known = answers.here(query, false);
        if (known.isPresent()) {
            send(known.get(), client);
        } else if (room.tryAcquire()) {
            Thread.ofVirtual()
                    .name("carafe-dns-forward")
                    .start(() -> {
                        try {
                            send(answers.elsewhere(query, false), client);
                        } catch (IOException e) {
                            LOG.log(System.Logger.Level.DEBUG, "a client went away", e);
                        } finally {
                            room.release();
                        }
                    });
        }
    }

    private void send(byte[] answer, SocketAddress client) throws IOException {
        if (answer.length > 0) {
            udp.send(ByteBuffer.wrap(answer), client);
        }
    }

    private void serveTcp() {
        while (tcp.isOpen()) {
            try {
                SocketChannel client = tcp.accept();
                if (room.tryAcquire()) {
                    Thread.ofVirtual().name("carafe-dns-client").start(() -> serve(client));
                } else {
                    client.close();
                }
            } catch (IOException e) {
                if (tcp.isOpen()) {
                    LOG.log(System.Logger.Level.DEBUG, "a client could not be accepted", e);
                }
            }
        }
    }

    private void serve(SocketChannel channel) {
        try (Socket client = channel.socket()) {
            client.setSoTimeout(CLIENT_TIMEOUT_MILLIS);
            DataInputStream in = new DataInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            while (true) {
                byte[] query = new byte[in.readUnsignedShort()];
                in.readFully(query);
                byte[] answer =
                        answers.here(query, true).orElseGet(() -> answers.elsewhere(query, true));
                ByteBuffer framed = ByteBuffer.allocate(answer.length + 2);
                out.write(framed.putShort((short) answer.length).put(answer).array());
            }
        } catch (IOException | RuntimeException e) {
            // most often the client has what it wants and is gone
            LOG.log(System.Logger.Level.TRACE, "a client's connection ended", e);
        } finally {
            room.release();
        }
    }

    @Override
    public void close() {
        try {
            udp.close();
            tcp.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "closing a name server", e);
        }
        netns.close();
    }
}
