package dev.carafe.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/// One keep-alive connection to an Engine API on a unix socket.
final class ApiClient implements AutoCloseable {
    /// Status and body of an answer.
    record Answer(int status, String body) {
        String field(String name) {
            int at = body.indexOf("\"" + name + "\"");
            int from = body.indexOf('"', body.indexOf(':', at)) + 1;
            return body.substring(from, body.indexOf('"', from));
        }
    }

    private final SocketChannel channel;
    private final InputStream in;

    ApiClient(Path socket) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
    }

    Answer call(String method, String path, String body) throws IOException {
        send(method, path, body, "");
        String head = head();
        int status = Integer.parseInt(head.substring(9, 12));
        return new Answer(
                status,
                status == 204 || status == 304
                        ? ""
                        : new String(body(head), StandardCharsets.UTF_8));
    }

    /// Like {@link #call}, and an error when the status is not a success.
    Answer ok(String method, String path, String body) throws IOException {
        Answer answer = call(method, path, body);
        if (answer.status >= 300) {
            throw new IOException(method + " " + path + ": " + answer.status + " " + answer.body);
        }
        return answer;
    }

    /// Begins to wait for the next end of a container: the engine has understood when this returns.
    ///
    /// @return the answer's head, for {@link #body}
    String waitForNextExit(String id) throws IOException {
        post("/containers/" + id + "/wait?condition=next-exit");
        return head();
    }

    /// Sends a request whose answer comes later.
    void post(String path) throws IOException {
        send("POST", path, "", "");
    }

    Answer answer() throws IOException {
        String head = head();
        return new Answer(
                Integer.parseInt(head.substring(9, 12)),
                new String(body(head), StandardCharsets.UTF_8));
    }

    /// Turns the connection into an attached stream; the stream's first byte ends the measured
    /// time.
    InputStream attach(String id) throws IOException {
        return hijack("/containers/" + id + "/attach?stream=1&stdout=1&stderr=1", "");
    }

    /// Turns the connection into a stream by a POST.
    InputStream hijack(String path, String body) throws IOException {
        send("POST", path, body, "Connection: Upgrade\r\nUpgrade: tcp\r\n");
        String head = head();
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new IOException(head);
        }
        return in;
    }

    private void send(String method, String path, String body, String headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head =
                method
                        + " /v1.41"
                        + path
                        + " HTTP/1.1\r\nHost: docker\r\n"
                        + headers
                        + (bytes.length > 0 ? "Content-Type: application/json\r\n" : "")
                        + "Content-Length: "
                        + bytes.length
                        + "\r\n\r\n";
        ByteBuffer buffer = ByteBuffer.wrap((head + body).getBytes(StandardCharsets.UTF_8));
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            head.append((char) next());
        }
        return head.toString();
    }

    /// The rest of an answer.
    byte[] body(String head) throws IOException {
        String lower = head.toLowerCase(Locale.ROOT);
        int at = lower.indexOf("content-length:");
        if (at >= 0) {
            return in.readNBytes(
                    Integer.parseInt(lower.substring(at + 15, lower.indexOf('\r', at)).strip()));
        }
        StringBuilder all = new StringBuilder();
        while (lower.contains("transfer-encoding: chunked")) {
            int size = Integer.parseInt(line(), 16);
            all.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
            line();
            if (size == 0) {
                break;
            }
        }
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = next(); c != '\n'; c = next()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private int next() throws IOException {
        int c = in.read();
        if (c < 0) {
            throw new EOFException();
        }
        return c;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
