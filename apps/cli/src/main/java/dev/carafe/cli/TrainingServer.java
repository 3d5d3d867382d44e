package dev.carafe.cli;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// Answers each request with something of the right shape, for {@link Training}.
final class TrainingServer implements Closeable, Runnable {
    private static final String CONTAINER =
            "{\"Id\":\"c0ffee\",\"Name\":\"/x\",\"Names\":[\"/x\"],\"Image\":\"busybox\",\"ImageID\":\"sha256:1\","
                    + "\"Command\":\"sh\",\"Created\":1764054000,\"State\":{\"Running\":true,\"Status\":\"running\"},\"Status\":\"Up 5 minutes\","
                    + "\"Ports\":[{\"IP\":\"0.0.0.0\",\"PrivatePort\":80,\"PublicPort\":8080,\"Type\":\"tcp\"}],\"Labels\":{\"a\":\"b\"},"
                    + "\"Config\":{\"Tty\":false,\"OpenStdin\":false},\"HostConfig\":{},\"Mounts\":[],\"NetworkSettings\":{\"Networks\":"
                    + "{\"bridge\":{\"IPAddress\":\"172.17.0.2\"}},\"Ports\":{\"80/tcp\":[{\"HostIp\":\"0.0.0.0\",\"HostPort\":\"8080\"}]}},"
                    + "\"RepoTags\":[\"busybox:latest\"],\"RepoDigests\":[],\"Size\":4261574,\"Driver\":\"local\",\"Scope\":\"local\"}";

    private final File socket;
    private final ServerSocketChannel server;

    private TrainingServer(File socket, ServerSocketChannel server) {
        this.socket = socket;
        this.server = server;
    }

    static TrainingServer start(File socket) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket.getPath()));
        TrainingServer training = new TrainingServer(socket, server);
        Thread thread = new Thread(training, "training-server");
        thread.setDaemon(true);
        thread.start();
        return training;
    }

    File socket() {
        return socket;
    }

    @Override
    public void run() {
        try {
            while (true) {
                SocketChannel connection = server.accept();
                Thread thread = new Thread(() -> serve(connection), "training-connection");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException closed) {
            // the training is over
        }
    }

    private static void serve(SocketChannel connection) {
        ByteBuffer buffer = ByteBuffer.allocate(256 * 1024);
        try (connection) {
            while (connection.read(buffer) >= 0) {
                String text =
                        new String(
                                buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
                if (!isWhole(text)) {
                    continue;
                }
                buffer.clear();
                String target = text.substring(text.indexOf(' ') + 1, text.indexOf(" HTTP/"));
                String answer = answer(target);
                connection.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.ISO_8859_1)));
                if (answer.startsWith("HTTP/1.1 101") || answer.contains("Connection: close")) {
                    connection.shutdownOutput();
                }
            }
        } catch (IOException gone) {
            // the command is done
        }
    }

    private static boolean isWhole(String text) {
        int head = text.indexOf("\r\n\r\n");
        if (head < 0) {
            return false;
        }
        if (text.contains("Transfer-Encoding: chunked")) {
            return text.endsWith("0\r\n\r\n");
        }
        int length = text.indexOf("Content-Length: ");
        int size =
                length < 0 || length > head
                        ? 0
                        : Integer.parseInt(text.substring(length + 16, text.indexOf('\r', length)));
        return text.length() >= head + 4 + size;
    }

    private static String answer(String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        if (path.endsWith("/attach") || (path.contains("/exec/") && path.endsWith("/start"))) {
            return "HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.multiplexed-stream\r\nConnection: Upgrade\r\n"
                    + "Upgrade: tcp\r\n\r\n\1\0\0\0\0\0\0\3hi\n";
        }
        if (path.endsWith("/logs")) {
            return "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.multiplexed-stream\r\nConnection: close\r\n\r\n"
                    + "\1\0\0\0\0\0\0\3hi\n";
        }
        if (path.endsWith("/wait")) {
            return chunked("{\"StatusCode\":0}\n");
        }
        if (path.endsWith("/images/create") || path.endsWith("/load") || path.endsWith("/events")) {
            return chunked(
                    "{\"status\":\"Done\",\"id\":\"x\",\"progressDetail\":{},\"Type\":\"container\",\"Action\":\"die\",\"timeNano\":1}\r\n");
        }
        return fixed(body(path));
    }

    private static String body(String path) {
        if (path.endsWith("/create") || path.endsWith("/exec")) {
            return "{\"Id\":\"c0ffee\",\"Warnings\":[]}";
        }
        if (path.endsWith("/volumes")) {
            return "{\"Volumes\":[" + CONTAINER + "]}";
        }
        if (path.endsWith("/top")) {
            return "{\"Titles\":[\"PID\"],\"Processes\":[[\"1\"]]}";
        }
        boolean list =
                path.endsWith("/containers/json")
                        || path.endsWith("/images/json")
                        || path.endsWith("/networks")
                        || path.endsWith("/history")
                        || path.endsWith("/changes");
        return list ? "[" + CONTAINER + "]" : CONTAINER;
    }

    private static String fixed(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body;
    }

    private static String chunked(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(body.length())
                + "\r\n"
                + body
                + "\r\n0\r\n\r\n";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
