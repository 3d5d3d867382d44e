package dev.carafe.network.dns;

import dev.carafe.linux.Fd;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Serves one container at 127.0.0.11, by UDP and TCP. The sockets are made inside its network
/// namespace and served from here.
public final class NameServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(NameServer.class.getName());
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

    /// Starts to serve.
    ///
    /// @param sockets in the container's namespace; they are the server's from now on
    /// @param netns the container's; it is the server's from now on
    /// @param hostServers asked from this process' network, as they are at each query
    /// @param ownServers asked from the container's; when there are any, nobody else
    public static NameServer start(
            NameSockets sockets,
            Fd netns,
            Directory directory,
            Supplier<List<InetAddress>> hostServers,
            List<InetAddress> ownServers) {
        // in there it is this server, which would ask itself for ever
        List<Upstream> own =
                ownServers.stream()
                        .filter(s -> !s.equals(NameSockets.address()))
                        .map(s -> new Upstream(at(s), netns))
                        .toList();
        Supplier<List<Upstream>> upstreams =
                ownServers.isEmpty()
                        ? () ->
                                hostServers.get().stream()
                                        .map(s -> new Upstream(at(s), null))
                                        .toList()
                        : () -> own;
        NameServer server =
                new NameServer(
                        sockets.udp(),
                        sockets.tcp(),
                        new Answers(directory, new Forwarder(upstreams)),
                        netns);
        Thread.ofVirtual().name("carafe-dns-udp").start(server::serveUdp);
        Thread.ofVirtual().name("carafe-dns-tcp").start(server::serveTcp);
        return server;
    }

    private static InetSocketAddress at(InetAddress server) {
        return new InetSocketAddress(server, 53);
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
