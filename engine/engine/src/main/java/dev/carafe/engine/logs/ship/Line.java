package dev.carafe.engine.logs.ship;

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
import java.util.List;
import javax.net.ssl.SSLSocket;

/// An open way to a syslog service.
interface Line extends AutoCloseable {
    /// For a connection to be made, and for TLS to be agreed on.
    int TIMEOUT_MILLIS = 5_000;

    void send(byte[] message) throws IOException;

    @Override
    void close() throws IOException;

    static Line to(SyslogAddress address, SyslogTls tls) throws IOException {
        return switch (address) {
            case SyslogAddress.Local(var sockets) -> local(sockets);
            case SyslogAddress.Stream(var path) -> stream(path);
            case SyslogAddress.Udp(var host, var port) -> udp(new InetSocketAddress(host, port));
            case SyslogAddress.Tcp(var host, var port) -> of(connected(host, port));
            case SyslogAddress.Tls(var host, var port) -> tls(host, port, tls);
        };
    }

    private static Line local(List<Path> sockets) throws IOException {
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

    private static Socket connected(String host, int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Line tls(String host, int port, SyslogTls tls) throws IOException {
        Socket plain = connected(host, port);
        try {
            SSLSocket socket =
                    (SSLSocket)
                            tls.files()
                                    .context()
                                    .getSocketFactory()
                                    .createSocket(plain, host, port, true);
            socket.setSSLParameters(tls.files().checking(socket.getSSLParameters()));
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.startHandshake();
            return of(socket);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private static Line of(Socket socket) throws IOException {
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
}
