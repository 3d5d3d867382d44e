package dev.carafe.network;

import dev.carafe.linux.Fd;
import dev.carafe.linux.Namespaces;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Answers each connection or datagram with `name address-of-the-client`, inside a network
/// namespace.
final class EchoServer implements AutoCloseable {
    /// A first packet may wait for a neighbour to be found, and for a new port of a bridge to be
    /// up.
    private static final int TIMEOUT_MILLIS = 10_000;

    private final AutoCloseable socket;

    private EchoServer(AutoCloseable socket) {
        this.socket = socket;
    }

    static EchoServer tcp(@Nullable Fd netns, String name, int port) {
        return tcp(netns, name, port, "0.0.0.0");
    }

    /// For clients of both families.
    static EchoServer tcp6(@Nullable Fd netns, String name, int port) {
        return tcp(netns, name, port, "::");
    }

    private static EchoServer tcp(@Nullable Fd netns, String name, int port, String address) {
        ServerSocket server =
                in(netns, () -> new ServerSocket(port, 50, InetAddress.getByName(address)));
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    while (!server.isClosed()) {
                        try (Socket client = server.accept()) {
                            String answer = name + " " + Addresses.format(client.getInetAddress());
                            client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                        } catch (IOException e) {
                            return;
                        }
                    }
                });
        return new EchoServer(server);
    }

    static EchoServer udp(Fd netns, String name, int port) {
        DatagramSocket server =
                in(netns, () -> new DatagramSocket(port, InetAddress.getByName("0.0.0.0")));
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    while (!server.isClosed()) {
                        try {
                            DatagramPacket packet = new DatagramPacket(new byte[100], 100);
                            server.receive(packet);
                            byte[] answer =
                                    (name + " " + packet.getAddress().getHostAddress())
                                            .getBytes(StandardCharsets.UTF_8);
                            server.send(
                                    new DatagramPacket(
                                            answer, answer.length, packet.getSocketAddress()));
                        } catch (IOException e) {
                            return;
                        }
                    }
                });
        return new EchoServer(server);
    }

    /// What a server answers to a client in a namespace (null: the calling thread's), or the kind
    /// of failure.
    static String ask(@Nullable Fd netns, String address, int port) {
        return ask(netns, address, port, TIMEOUT_MILLIS);
    }

    static String ask(@Nullable Fd netns, String address, int port, int timeoutMillis) {
        return in(
                netns,
                () -> {
                    try (Socket client = new Socket()) {
                        client.connect(new InetSocketAddress(address, port), timeoutMillis);
                        client.setSoTimeout(timeoutMillis);
                        return new String(
                                client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        return e.getClass().getSimpleName();
                    }
                });
    }

    static String askUdp(@Nullable Fd netns, String address, int port) {
        return in(
                netns,
                () -> {
                    try (DatagramSocket client = new DatagramSocket()) {
                        client.setSoTimeout(TIMEOUT_MILLIS);
                        client.connect(new InetSocketAddress(address, port));
                        client.send(new DatagramPacket(new byte[] {'x'}, 1));
                        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
                        client.receive(packet);
                        return new String(
                                packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        return e.getClass().getSimpleName();
                    }
                });
    }

    /// A client that keeps its port.
    record UdpClient(DatagramSocket socket) implements AutoCloseable {
        static UdpClient in(Fd netns, String address, int port) {
            return new UdpClient(
                    EchoServer.in(
                            netns,
                            () -> {
                                DatagramSocket socket = new DatagramSocket();
                                socket.setSoTimeout(TIMEOUT_MILLIS);
                                socket.connect(new InetSocketAddress(address, port));
                                return socket;
                            }));
        }

        String ask() {
            try {
                socket.send(new DatagramPacket(new byte[] {'x'}, 1));
                DatagramPacket packet = new DatagramPacket(new byte[100], 100);
                socket.receive(packet);
                return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return e.getClass().getSimpleName();
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    /// A TCP connection with both ends here.
    record Conversation(ServerSocket listener, Socket client, Socket server)
            implements AutoCloseable {
        static Conversation between(
                Fd clientNetns, String address, int port, Fd serverNetns, int serverPort) {
            ServerSocket listener = in(serverNetns, () -> new ServerSocket(serverPort));
            Socket client = in(clientNetns, () -> new Socket(address, port));
            Socket server = in(serverNetns, listener::accept);
            return new Conversation(listener, client, server);
        }

        /// Sends from the client, and returns what the server reads.
        String say(String text) throws IOException {
            server.setSoTimeout(TIMEOUT_MILLIS);
            client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return new String(
                    server.getInputStream().readNBytes(text.length()), StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            listener.close();
            client.close();
            server.close();
        }
    }

    private static <T> T in(@Nullable Fd netns, Callable<T> work) {
        if (netns != null) {
            return Namespaces.inNetns(netns, work);
        }
        try {
            return work.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws Exception {
        socket.close();
    }
}
