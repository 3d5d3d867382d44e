package dev.carafe.engine.logs.ship;

import dev.carafe.base.InvalidArgument;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A syslog service, by the options of Docker's driver.
public final class Syslog implements Destination {
    /// The driver's own options.
    public static final Set<String> OPTIONS =
            Set.of("syslog-address", "syslog-facility", "syslog-format");

    private static final int TIMEOUT_MILLIS = 5_000;

    private final SyslogAddress address;
    private final SyslogFormat format;
    private final SyslogFormat.Sender sender;
    private @Nullable Line line;

    /// A way to the service.
    private interface Line extends AutoCloseable {
        void send(byte[] message) throws IOException;

        @Override
        void close() throws IOException;
    }

    /// @param tag tells the container
    /// @param host this machine's name
    /// @throws InvalidArgument as {@link #check}
    public Syslog(Map<String, String> options, String tag, String host) {
        this.address = SyslogAddress.parse(options.getOrDefault("syslog-address", ""));
        this.format = SyslogFormat.parse(options.getOrDefault("syslog-format", ""));
        int facility = SyslogFacility.parse(options.getOrDefault("syslog-facility", ""));
        this.sender = new SyslogFormat.Sender(facility, host, tag, ProcessHandle.current().pid());
    }

    /// @throws InvalidArgument an option can't be, with Docker's words
    public static void check(Map<String, String> options) {
        Syslog unused = new Syslog(options, "", "");
        unused.close();
    }

    @Override
    public void send(Message message) throws IOException {
        Line open = line;
        if (open == null) {
            open = connect();
            line = open;
        }
        try {
            open.send(format.write(sender, message, ZoneId.systemDefault()));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private Line connect() throws IOException {
        return switch (address) {
            case SyslogAddress.Local(var sockets) -> local(sockets);
            case SyslogAddress.Stream(var path) -> stream(path);
            case SyslogAddress.Udp(var host, var port) -> udp(new InetSocketAddress(host, port));
            case SyslogAddress.Tcp(var host, var port) -> tcp(new InetSocketAddress(host, port));
        };
    }

    private static Line local(Iterable<Path> sockets) throws IOException {
        for (Path socket : sockets) {
            if (Files.exists(socket)) {
                Datagrams datagrams = Datagrams.connect(socket);
                return new Line() {
                    @Override
                    public void send(byte[] message) throws IOException {
                        datagrams.send(message);
                    }

                    @Override
                    public void close() {
                        datagrams.close();
                    }
                };
            }
        }
        throw new IOException("no syslog service listens at " + sockets);
    }

    private static Line stream(Path path) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
        return new Line() {
            @Override
            public void send(byte[] message) throws IOException {
                ByteBuffer bytes = ByteBuffer.wrap(message);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    private static Line udp(InetSocketAddress to) throws IOException {
        if (to.isUnresolved()) {
            throw new IOException("no such host: " + to.getHostString());
        }
        DatagramSocket socket = new DatagramSocket();
        socket.connect(to);
        return new Line() {
            @Override
            public void send(byte[] message) throws IOException {
                socket.send(new DatagramPacket(message, message.length));
            }

            @Override
            public void close() {
                socket.close();
            }
        };
    }

    private static Line tcp(InetSocketAddress to) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(to, TIMEOUT_MILLIS);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        OutputStream out = socket.getOutputStream();
        return new Line() {
            @Override
            public void send(byte[] message) throws IOException {
                out.write(message);
            }

            @Override
            public void close() throws IOException {
                socket.close();
            }
        };
    }

    @Override
    public void close() {
        Line open = line;
        line = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // it is given up either way
            }
        }
    }
}
