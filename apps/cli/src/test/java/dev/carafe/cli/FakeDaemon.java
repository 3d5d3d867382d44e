package dev.carafe.cli;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server on a unix socket that does what a test says, and keeps what it was asked.
public final class FakeDaemon implements Closeable {
    /// What a test does with a request.
    public interface Script {
        void handle(Exchange exchange) throws IOException;
    }

    private final Path directory;
    private final Path socket;
    private final ServerSocketChannel server;
    private final Script script;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();

    public FakeDaemon(Script script) {
        this.script = script;
        try {
            directory = Files.createTempDirectory("cli-test");
            socket = directory.resolve("d.sock");
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public String address() {
        return "unix://" + socket;
    }

    public String path() {
        return socket.toString();
    }

    /// `GET /v1.51/x` and so on, in their order.
    public List<String> requests() {
        return requests;
    }

    /// Bodies of the requests, in the same order.
    public List<String> bodies() {
        return bodies;
    }

    public int connections() {
        return connections.size();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel connection = server.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            InputStream in = Channels.newInputStream(connection);
            OutputStream out = Channels.newOutputStream(connection);
            while (true) {
                String line = line(in);
                if (line.isEmpty()) {
                    return;
                }
                Exchange exchange = new Exchange(line, in, out, connection);
                bodies.add(new String(exchange.body, StandardCharsets.UTF_8));
                requests.add(line.substring(0, line.lastIndexOf(' ')));
                script.handle(exchange);
                if (exchange.hijacked) {
                    return;
                }
            }
        } catch (IOException gone) {
            // the client went away
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel connection : connections) {
            connection.close();
        }
        Files.deleteIfExists(socket);
        Files.deleteIfExists(directory);
    }

    /// A request and the ways to answer it.
    public static final class Exchange {
        public final String method;
        public final String target;
        public final Map<String, String> headers = new TreeMap<>();
        public final byte[] body;
        public final InputStream in;
        public final OutputStream out;
        private final SocketChannel connection;
        private boolean hijacked;

        private Exchange(String line, InputStream in, OutputStream out, SocketChannel connection)
                throws IOException {
            this.in = in;
            this.out = out;
            this.connection = connection;
            String[] words = line.split(" ");
            method = words[0];
            target = words[1];
            for (String header = line(in); !header.isEmpty(); header = line(in)) {
                int colon = header.indexOf(':');
                headers.put(
                        header.substring(0, colon).toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).trim());
            }
            body =
                    "chunked".equals(headers.get("transfer-encoding"))
                            ? chunks()
                            : in.readNBytes(
                                    Integer.parseInt(headers.getOrDefault("content-length", "0")));
        }

        private byte[] chunks() throws IOException {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int size = Integer.parseInt(line(in), 16);
                    size > 0;
                    size = Integer.parseInt(line(in), 16)) {
                all.write(in.readNBytes(size));
                line(in);
            }
            line(in);
            return all.toByteArray();
        }

        /// The target without the version.
        public String path() {
            String path =
                    target.indexOf('?') < 0 ? target : target.substring(0, target.indexOf('?'));
            return path.startsWith("/v1.") ? path.substring(path.indexOf('/', 1)) : path;
        }

        public void json(int status, String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            write(
                    "HTTP/1.1 "
                            + status
                            + " X\r\nContent-Type: application/json\r\nContent-Length: "
                            + bytes.length
                            + "\r\n\r\n");
            out.write(bytes);
        }

        public void noContent() throws IOException {
            write("HTTP/1.1 204 No Content\r\n\r\n");
        }

        public void chunkedHead(String contentType) throws IOException {
            write(
                    "HTTP/1.1 200 OK\r\nContent-Type: "
                            + contentType
                            + "\r\nTransfer-Encoding: chunked\r\n\r\n");
        }

        public void chunk(byte[] bytes) throws IOException {
            write(Integer.toHexString(bytes.length) + "\r\n");
            out.write(bytes);
            write("\r\n");
        }

        public void lastChunk() throws IOException {
            write("0\r\n\r\n");
        }

        /// Takes the connection: raw bytes go both ways, it closes when the script returns.
        public void hijack(String contentType) throws IOException {
            hijacked = true;
            write(
                    "HTTP/1.1 101 UPGRADED\r\nContent-Type: "
                            + contentType
                            + "\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n");
        }

        public void frame(int stream, String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.write(
                    new byte[] {
                        (byte) stream,
                        0,
                        0,
                        0,
                        0,
                        0,
                        (byte) (bytes.length >> 8),
                        (byte) bytes.length
                    });
            out.write(bytes);
        }

        public void closeOutput() throws IOException {
            connection.shutdownOutput();
        }

        public void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
