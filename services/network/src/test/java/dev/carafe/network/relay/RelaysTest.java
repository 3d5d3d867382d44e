package dev.carafe.network.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Sockets;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Relays between two ports of this machine's loopback device.
@Timeout(30)
class RelaysTest {
    private static final InetAddress FOUR = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress SIX = InetAddress.ofLiteral("::1");
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int MORE_THAN_BUFFERS_HOLD = 64 << 20;

    private final Relays relays = new Relays();

    @AfterEach
    void close() {
        relays.close();
    }

    private static Fd bound(InetAddress address, int type, int port) {
        int family = address.equals(FOUR) ? Sockets.AF_INET : Sockets.AF_INET6;
        Fd socket = Sockets.socket(family, type | Sockets.SOCK_NONBLOCK, 0);
        Sockets.bind(socket, Sockets.address(address, port));
        return socket;
    }

    private static int portOf(Fd socket) {
        return Short.toUnsignedInt(ByteBuffer.wrap(Sockets.localAddress(socket)).getShort(2));
    }

    /// A server behind a relayed port.
    private record Way(ServerSocket server, Fd bound, Relay relay) implements AutoCloseable {
        int port() {
            return portOf(bound);
        }

        Socket accept() throws IOException {
            server.setSoTimeout(TIMEOUT_MILLIS);
            Socket client = server.accept();
            client.setSoTimeout(TIMEOUT_MILLIS);
            return client;
        }

        Socket connect() throws IOException {
            Socket client = new Socket(FOUR, port());
            client.setSoTimeout(TIMEOUT_MILLIS);
            return client;
        }

        @Override
        public void close() throws IOException {
            relay.close();
            bound.close();
            server.close();
        }
    }

    private Way way() throws IOException {
        ServerSocket server = new ServerSocket(0, 50, FOUR);
        Fd bound = bound(FOUR, Sockets.SOCK_STREAM, 0);
        return new Way(server, bound, relays.tcp(bound, FOUR, server.getLocalPort()));
    }

    @Test
    void eachSideMayEndByItself() throws IOException {
        try (Way way = way();
                Socket client = way.connect();
                Socket server = way.accept()) {
            client.getOutputStream().write("question".getBytes(StandardCharsets.UTF_8));
            client.shutdownOutput();
            assertThat(server.getInputStream().readAllBytes()).asString().isEqualTo("question");
            server.getOutputStream().write("answer".getBytes(StandardCharsets.UTF_8));
            server.close();
            assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("answer");
        }
    }

    @Test
    void muchPassesBothWaysUnchanged() throws IOException {
        byte[] bytes = new byte[8 << 20];
        new Random(1).nextBytes(bytes);
        try (Way way = way();
                Socket client = way.connect();
                Socket server = way.accept()) {
            Thread.ofPlatform().daemon().start(() -> echo(server));
            Thread.ofPlatform().daemon().start(() -> send(client, bytes));
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(bytes);
        }
    }

    private static void echo(Socket socket) {
        try (InputStream in = socket.getInputStream();
                OutputStream out = socket.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void send(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aSlowReaderHoldsItsSenderBack() throws IOException {
        try (Way way = way();
                SocketChannel client = SocketChannel.open(new InetSocketAddress(FOUR, way.port()));
                Socket server = way.accept()) {
            client.configureBlocking(false);
            long sent = fill(client);
            assertThat(sent).isBetween(1L, (long) MORE_THAN_BUFFERS_HOLD);
            client.shutdownOutput();
            long received = server.getInputStream().transferTo(OutputStream.nullOutputStream());
            assertThat(received).isEqualTo(sent);
        }
    }

    /// Until nothing was taken for a while.
    private static long fill(SocketChannel client) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 16);
        long sent = 0;
        for (int idle = 0; idle < 20 && sent <= MORE_THAN_BUFFERS_HOLD; ) {
            int n = client.write(zeros.clear());
            sent += n;
            idle = n == 0 ? idle + 1 : 0;
            if (n == 0) {
                pause();
            }
        }
        return sent;
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFailedClientIsAFailureInTheContainer() throws IOException {
        try (Way way = way();
                Socket client = way.connect();
                Socket server = way.accept()) {
            client.setSoLinger(true, 0);
            client.close();
            assertThatThrownBy(() -> server.getInputStream().read())
                    .isInstanceOf(SocketException.class);
        }
    }

    @Test
    void whereNobodyListensTheClientIsTold() throws IOException {
        try (Way way = way()) {
            way.server().close();
            Socket client = way.connect();
            assertThatThrownBy(() -> client.getInputStream().read())
                    .isInstanceOf(SocketException.class);
            client.close();
        }
    }

    @Test
    void aClosedRelayEndsItsConnectionsAndFreesItsPort() throws IOException {
        Way way = way();
        int port = way.port();
        try (Socket client = way.connect();
                Socket server = way.accept()) {
            way.relay().close();
            assertThatThrownBy(() -> client.getInputStream().read())
                    .isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> server.getInputStream().read())
                    .isInstanceOf(SocketException.class);
            assertThatThrownBy(way::connect).isInstanceOf(IOException.class);
        }
        try (Relay again = relays.tcp(way.bound(), FOUR, way.server().getLocalPort());
                Socket client = way.connect();
                Socket server = way.accept()) {
            server.close();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        way.close();
        try (Fd next = bound(FOUR, Sockets.SOCK_STREAM, port)) {
            assertThat(portOf(next)).isEqualTo(port);
        } catch (ErrnoException e) {
            // connections that are ending keep those away who do not know of them, as HostPorts
            // does
            assertThat(e).hasMessageContaining("in use");
        }
    }

    @Test
    void eachClientOfUdpHearsItsOwnAnswer() throws IOException {
        try (Fd bound = sixBound();
                DatagramSocket server = new DatagramSocket(0, FOUR);
                Relay relay = relays.udp(bound, FOUR, server.getLocalPort());
                DatagramSocket a = client(bound);
                DatagramSocket b = client(bound)) {
            Thread.ofPlatform().daemon().start(() -> echo(server));
            say(a, "a");
            say(b, "b");
            say(a, "a again");
            assertThat(hear(b)).isEqualTo("b");
            assertThat(hear(a)).isEqualTo("a");
            assertThat(hear(a)).isEqualTo("a again");
        }
    }

    private static Fd sixBound() {
        try {
            return bound(SIX, Sockets.SOCK_DGRAM, 0);
        } catch (ErrnoException e) {
            assumeTrue(false, "no IPv6 here");
            throw e;
        }
    }

    private static DatagramSocket client(Fd bound) throws IOException {
        DatagramSocket client = new DatagramSocket(0, SIX);
        client.connect(SIX, portOf(bound));
        client.setSoTimeout(TIMEOUT_MILLIS);
        return client;
    }

    private static void echo(DatagramSocket server) {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[100], 100);
                server.receive(packet);
                server.send(packet);
            }
        } catch (IOException e) {
            assertThat(server.isClosed()).isTrue();
        }
    }

    private static void say(DatagramSocket socket, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length));
    }

    private static String hear(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }
}
