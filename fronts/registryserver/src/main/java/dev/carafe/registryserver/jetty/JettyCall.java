package dev.carafe.registryserver.jetty;

import dev.carafe.registryserver.http.ApiError;
import dev.carafe.registryserver.http.Call;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.jspecify.annotations.Nullable;

/// One Jetty request as a call.
final class JettyCall implements Call {
    private final Request request;
    private final Response response;
    private @Nullable Map<String, List<String>> query;
    private @Nullable InputStream body;

    JettyCall(Request request, Response response) {
        this.request = request;
        this.response = response;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String path() {
        String path = request.getHttpURI().getPath();
        return path == null ? "/" : path;
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    @Override
    public List<String> queries(String name) {
        Map<String, List<String>> parsed = query;
        if (parsed == null) {
            parsed = parse(request.getHttpURI().getQuery());
            query = parsed;
        }
        return parsed.getOrDefault(name, List.of());
    }

    private static Map<String, List<String>> parse(@Nullable String raw) {
        Map<String, List<String>> all = new HashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            all.computeIfAbsent(decoded(key), k -> new ArrayList<>())
                    .add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return all;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ApiError(400, "UNSUPPORTED", "the query can't be decoded");
        }
    }

    @Override
    public InputStream body() {
        InputStream stream = body;
        if (stream == null) {
            stream = Content.Source.asInputStream(request);
            body = stream;
        }
        return stream;
    }

    @Override
    public JettyCall with(String name, Object value) {
        response.getHeaders().put(name, value.toString());
        return this;
    }

    @Override
    public void send(int status, byte[] content) throws IOException {
        response.setStatus(status);
        if (status != 204) {
            response.getHeaders().put("Content-Length", content.length);
        }
        write(true, method().equals("HEAD") ? new byte[0] : content, 0, -1);
    }

    @Override
    public void head(int status, long length) throws IOException {
        response.setStatus(status);
        response.getHeaders().put("Content-Length", length);
        write(true, new byte[0], 0, 0);
    }

    @Override
    public OutputStream stream(int status, long length) {
        response.setStatus(status);
        response.getHeaders().put("Content-Length", length);
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int count) throws IOException {
                JettyCall.this.write(false, bytes, offset, count);
            }

            @Override
            public void close() throws IOException {
                JettyCall.this.write(true, new byte[0], 0, 0);
            }
        };
    }

    @Override
    public boolean begun() {
        return response.isCommitted();
    }

    private void write(boolean last, byte[] bytes, int offset, int count) throws IOException {
        try (Blocker.Callback sent = Blocker.callback()) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, count < 0 ? bytes.length : count);
            response.write(last, buffer, sent);
            sent.block();
        }
    }
}
