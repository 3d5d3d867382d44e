package dev.carafe.cli.http;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One connection: a request, its answer, the next request. Not for several threads, but for a
/// hijacked stream, which one thread reads and another writes.
public final class HttpConnection implements Closeable {
    private static final int MAX_HEAD_BYTES = 256 * 1024;

    private final Transport transport;
    private final String host;
    private final byte[] buffer = new byte[32 * 1024];
    private int start;
    private int end;
    private boolean broken;
    private @Nullable BodyStream current;

    /// @param host for the Host header
    public HttpConnection(Transport transport, String host) {
        this.transport = transport;
        this.host = host;
    }

    /// Whether another request can be sent: the last answer was read, and the server keeps the
    /// connection.
    public boolean reusable() {
        return !broken && (current == null || current.finished());
    }

    /// Sends a request whose body is known.
    ///
    /// @param headers further header lines, each ending in CRLF
    /// @param body null = none
    public HttpResponse send(String method, String target, String headers, byte @Nullable [] body)
            throws IOException {
        String length =
                body != null
                        ? "Content-Type: application/json\r\nContent-Length: "
                                + body.length
                                + "\r\n"
                        : method.equals("POST") ? "Content-Length: 0\r\n" : "";
        byte[] head = head(method, target, headers + length);
        if (body == null) {
            transport.write(head, 0, head.length);
        } else {
            byte[] all = new byte[head.length + body.length];
            System.arraycopy(head, 0, all, 0, head.length);
            System.arraycopy(body, 0, all, head.length, body.length);
            transport.write(all, 0, all.length);
        }
        return readHead();
    }

    /// Sends a body of unknown length in chunks. When the server answers early and stops reading,
    /// its answer is returned.
    public HttpResponse stream(String method, String target, String headers, InputStream body)
            throws IOException {
        byte[] head = head(method, target, headers + "Transfer-Encoding: chunked\r\n");
        transport.write(head, 0, head.length);
        try {
            sendChunks(body);
        } catch (IOException refused) {
            broken = true;
        }
        return readHead();
    }

    private void sendChunks(InputStream body) throws IOException {
        // room for the chunk's head before the data and its end after it: one write a chunk
        byte[] chunk = new byte[64 * 1024 + 16];
        while (true) {
            int n = body.read(chunk, 10, 64 * 1024);
            if (n < 0) {
                break;
            }
            if (n == 0) {
                continue;
            }
            String size = Integer.toHexString(n);
            int from = 10 - 2 - size.length();
            for (int i = 0; i < size.length(); i++) {
                chunk[from + i] = (byte) size.charAt(i);
            }
            chunk[8] = '\r';
            chunk[9] = '\n';
            chunk[10 + n] = '\r';
            chunk[10 + n + 1] = '\n';
            transport.write(chunk, from, 10 - from + n + 2);
        }
        byte[] last = {'0', '\r', '\n', '\r', '\n'};
        transport.write(last, 0, last.length);
    }

    private byte[] head(String method, String target, String headers) {
        return (method
                        + " "
                        + target
                        + " HTTP/1.1\r\nHost: "
                        + host
                        + "\r\nUser-Agent: Carafe-Client\r\n"
                        + headers
                        + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private HttpResponse readHead() throws IOException {
        int status;
        Map<String, String> headers;
        do {
            String line = line();
            status = status(line);
            headers = headers();
        } while (status == 100);
        boolean close = "close".equalsIgnoreCase(headers.get("connection"));
        broken |= close || status == 101;
        BodyStream body = BodyStream.of(this, status, headers);
        current = body;
        return new HttpResponse(status, headers, body);
    }

    private static int status(String line) throws IOException {
        if (!line.startsWith("HTTP/1.") || line.length() < 12) {
            throw new IOException("the server does not speak HTTP: " + line);
        }
        try {
            return Integer.parseInt(line.substring(9, 12));
        } catch (NumberFormatException e) {
            throw new IOException("the server does not speak HTTP: " + line, e);
        }
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).trim().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).trim());
            }
        }
        return headers;
    }

    /// A line without its end.
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int c = read();
            if (c < 0) {
                throw new EOFException(
                        line.isEmpty()
                                ? "the server closed the connection"
                                : "the answer is cut off");
            }
            if (c == '\n') {
                int length = line.length();
                return length > 0 && line.charAt(length - 1) == '\r'
                        ? line.substring(0, length - 1)
                        : line.toString();
            }
            line.append((char) c);
            if (line.length() > MAX_HEAD_BYTES) {
                throw new IOException("a header line is too long");
            }
        }
    }

    private int read() throws IOException {
        if (start == end && !fill()) {
            return -1;
        }
        return buffer[start++] & 0xff;
    }

    private boolean fill() throws IOException {
        start = 0;
        end = Math.max(0, transport.read(buffer, 0, buffer.length));
        return end > 0;
    }

    /// Bytes as they come, first those already buffered.
    int readRaw(byte[] target, int offset, int length) throws IOException {
        if (start == end) {
            if (length >= buffer.length) {
                return transport.read(target, offset, length);
            }
            if (!fill()) {
                return -1;
            }
        }
        int n = Math.min(length, end - start);
        System.arraycopy(buffer, start, target, offset, n);
        start += n;
        return n;
    }

    /// Writes to a hijacked connection.
    public void write(byte[] bytes, int offset, int length) throws IOException {
        transport.write(bytes, offset, length);
    }

    /// Ends our side of a hijacked connection.
    public void shutdownOutput() throws IOException {
        transport.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        broken = true;
        transport.close();
    }
}
