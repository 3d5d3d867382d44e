package dev.carafe.dockerapi.routes;

import dev.carafe.base.InvalidArgument;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockermodel.DockerJson;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/// Reads JSON bodies and writes JSON answers.
final class Replies {
    static final String JSON = "application/json";
    private static final int MAX_BODY_BYTES = 16 << 20;

    private final DockerJson json;

    Replies(DockerJson json) {
        this.json = json;
    }

    DockerJson json() {
        return json;
    }

    void ok(Exchange x, Object value) throws IOException {
        send(x, 200, value);
    }

    void send(Exchange x, int status, Object value) throws IOException {
        x.send(status, JSON, line(value));
    }

    static void noContent(Exchange x) throws IOException {
        x.send(204, null, new byte[0]);
    }

    static void empty(Exchange x) throws IOException {
        x.send(200, null, new byte[0]);
    }

    /// The value and a newline, as Go's encoder ends.
    byte[] line(Object value) {
        byte[] text = json.write(value);
        byte[] line = Arrays.copyOf(text, text.length + 1);
        line[text.length] = '\n';
        return line;
    }

    /// @throws InvalidArgument when there is no body or it is no such JSON
    <T> T body(Exchange x, Class<T> type) throws IOException {
        byte[] bytes = read(x);
        if (bytes.length == 0) {
            throw new InvalidArgument("invalid JSON: got EOF while reading request body");
        }
        T value = json.readStrictly(type, bytes);
        if (value == null) {
            throw new InvalidArgument("invalid JSON: null");
        }
        return value;
    }

    /// As {@link #body}, with `absent` where there is none.
    <T> T body(Exchange x, Class<T> type, T absent) throws IOException {
        byte[] bytes = read(x);
        if (bytes.length == 0) {
            return absent;
        }
        T value = json.readStrictly(type, bytes);
        return value == null ? absent : value;
    }

    /// @throws InvalidArgument the body is said to be something else
    private static void checkType(Exchange x) {
        String type = x.header("Content-Type");
        String said = type == null ? "" : type;
        String mime = said.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        boolean absent = mime.isEmpty() && !x.hasBody();
        if (absent || mime.equals(JSON)) {
            return;
        }
        throw new InvalidArgument(
                mime.isEmpty()
                        ? "malformed Content-Type header (" + said + "): mime: no media type"
                        : "unsupported Content-Type header (%s): must be '%s'"
                                .formatted(said, JSON));
    }

    private static byte[] read(Exchange x) throws IOException {
        checkType(x);
        if (!x.hasBody()) {
            return new byte[0];
        }
        byte[] bytes = x.body().readNBytes(MAX_BODY_BYTES + 1);
        if (bytes.length > MAX_BODY_BYTES) {
            throw new InvalidArgument("request body is longer than 16 MiB");
        }
        return bytes;
    }
}
