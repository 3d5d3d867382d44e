package dev.carafe.build.client;

import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A socket on this host, behind which a client's ssh agent answers. Each connection to it opens
/// one to the agent; closing ends all of them, and removes the socket.
public final class AgentSocket implements SshAgent {
    private static final System.Logger LOG = System.getLogger(AgentSocket.class.getName());
    private static final int BUFFER = 1 << 14;

    private final Connector connector;
    private final Path socket;
    private final Runnable after;
    private final ServerSocketChannel server;
    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();

    /// Opens a connection to the agent. Blocks.
    @FunctionalInterface
    public interface Connector {
        Connection connect() throws IOException;
    }

    /// Bytes to and from an agent. Both ends may be used by a thread each; closing ends both.
    public interface Connection extends AutoCloseable {
        InputStream in() throws IOException;

        OutputStream out() throws IOException;

        @Override
        void close() throws IOException;
    }

    private AgentSocket(
            Connector connector, Path socket, ServerSocketChannel server, Runnable after) {
        this.connector = connector;
        this.socket = socket;
        this.server = server;
        this.after = after;
    }

    /// Listens under the name `agent` in a folder.
    ///
    /// @param after run when the socket is closed
    public static AgentSocket open(Connector connector, Path folder, Runnable after)
            throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        // the address of a socket is short, the folder's own path may not be
        try (Fd dir = FileSystem.open(folder.toString(), FileSystem.O_DIRECTORY)) {
            server.bind(UnixDomainSocketAddress.of("/proc/self/fd/" + dir.number() + "/agent"));
            FileSystem.fchmodat(dir, "agent", 0600);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        AgentSocket socket = new AgentSocket(connector, folder.resolve("agent"), server, after);
        Thread.ofVirtual().name("ssh agent").start(socket::accept);
        return socket;
    }

    @Override
    public Path socket() {
        return socket;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel channel = server.accept();
                open.add(channel);
                Thread.ofVirtual().name("ssh agent").start(() -> serve(channel));
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "no more connections to the ssh agent", e);
        }
    }

    private void serve(SocketChannel channel) {
        try (channel;
                Connection agent = connector.connect()) {
            open.add(agent);
            Thread back = Thread.ofVirtual().start(() -> pump(agent, channel));
            copy(Channels.newInputStream(channel), agent.out());
            agent.out().close();
            back.join();
            open.remove(agent);
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "connection to the ssh agent", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(channel);
        }
    }

    private void pump(Connection agent, SocketChannel channel) {
        try (channel) {
            copy(agent.in(), Channels.newOutputStream(channel));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "answers of the ssh agent", e);
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
            out.flush();
        }
    }

    @Override
    public void close() {
        closeQuietly(server);
        open.forEach(AgentSocket::closeQuietly);
        after.run();
    }

    private static void closeQuietly(AutoCloseable what) {
        try {
            what.close();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.DEBUG, "close", e);
        }
    }
}
