package dev.carafe.cli.session;

import dev.carafe.cli.http.HttpConnection;
import dev.carafe.cli.http.HttpResponse;
import dev.carafe.cli.json.Json;
import dev.carafe.cli.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// An answer that flows, with its connection.
public final class Stream implements AutoCloseable {
    private final HttpConnection connection;
    private final HttpResponse response;
    private final byte[] buffer = new byte[16 * 1024];
    private int start;
    private int end;

    Stream(HttpConnection connection, HttpResponse response) {
        this.connection = connection;
        this.response = response;
    }

    public InputStream in() {
        return response.body();
    }

    /// Whether standard output and error are told apart by frames.
    public boolean multiplexed() {
        return "application/vnd.docker.multiplexed-stream".equals(response.header("content-type"));
    }

    public @Nullable String header(String lowerCaseName) {
        return response.header(lowerCaseName);
    }

    public void write(byte[] bytes, int offset, int length) throws IOException {
        connection.write(bytes, offset, length);
    }

    /// No more input will come.
    public void closeWrite() throws IOException {
        connection.shutdownOutput();
    }

    /// The next JSON object of a stream of lines; null at its end.
    public @Nullable JsonObject next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int c = read();
            if (c < 0 || c == '\n') {
                String text = line.toString(StandardCharsets.UTF_8).strip();
                line.reset();
                if (!text.isEmpty()) {
                    return Json.readObject(text);
                }
                if (c < 0) {
                    return null;
                }
            } else {
                line.write(c);
            }
        }
    }

    private int read() throws IOException {
        if (start == end) {
            start = 0;
            end = Math.max(0, in().read(buffer, 0, buffer.length));
            if (end == 0) {
                return -1;
            }
        }
        return buffer[start++] & 0xff;
    }

    /// The whole answer as one JSON object.
    public JsonObject object() throws IOException {
        return Json.readObject(new String(response.bytes(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            // nothing of value can be lost any more
        }
    }
}
