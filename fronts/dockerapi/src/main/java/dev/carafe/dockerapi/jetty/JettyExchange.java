package dev.carafe.dockerapi.jetty;

import dev.carafe.dockerapi.http.ApiVersion;
import dev.carafe.dockerapi.http.Query;
import dev.carafe.dockerapi.http.RawStream;
import dev.carafe.dockerapi.http.Router;
import dev.carafe.dockerapi.http.ServerExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// One Jetty request as an exchange.
final class JettyExchange implements ServerExchange {
    private static final int DRAIN_STEP_BYTES = 32 * 1024;
    private static final long MAX_DRAIN_BYTES = 256L << 20;

    private final Request request;
    private final Response response;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private @Nullable Query query;
    private Router.Target target;
    private Map<String, String> parameters = Map.of();
    private @Nullable InputStream body;
    private @Nullable RawConnection raw;
    private @Nullable Callback atOnce;

    JettyExchange(Request request, Response response) {
        this.request = request;
        this.response = response;
        this.target = new Router.Target(ApiVersion.CURRENT, "");
    }

    /// From now on {@link #send} does not wait until the answer is written, and ends the exchange.
    ///
    /// @param done told when it is written
    void answerAtOnce(Callback done) {
        atOnce = done;
    }

    @Override
    public String rawPath() {
        String path = request.getHttpURI().getPath();
        return path == null ? "/" : path;
    }

    @Override
    public void bind(Router.Target target, Map<String, String> parameters) {
        this.target = target;
        this.parameters = parameters;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String path() {
        return target.path();
    }

    @Override
    public ApiVersion version() {
        return target.version();
    }

    @Override
    public Query query() {
        Query parsed = query;
        if (parsed == null) {
            parsed = Query.parse(request.getHttpURI().getQuery());
            query = parsed;
        }
        return parsed;
    }

    @Override
    public @Nullable String header(String name) {
        return request.getHeaders().get(name);
    }

    @Override
    public String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no {" + name + "} in this route");
        }
        return value;
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
    public void endAfterSilence(Duration longest) {
        request.getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .setIdleTimeout(longest.toMillis());
    }

    @Override
    public boolean hasBody() {
        return request.getLength() != 0
                && (request.getLength() > 0 || header("Transfer-Encoding") != null);
    }

    @Override
    public void header(String name, String value) {
        headers.put(name, value);
    }

    @Override
    public boolean committed() {
        return raw != null || response.isCommitted();
    }

    @Override
    public void send(int status, @Nullable String contentType, byte[] content) throws IOException {
        head(status, contentType);
        if (status != 204 && status != 304) {
            response.getHeaders().put("Content-Length", content.length);
        }
        Callback done = atOnce;
        if (done != null) {
            response.write(true, ByteBuffer.wrap(content), done);
            return;
        }
        try (Blocker.Callback sent = Blocker.callback()) {
            response.write(true, ByteBuffer.wrap(content), sent);
            sent.block();
        }
        if (status >= 400) {
            drain();
        }
    }

    /// A client that is still sending gets to read the refusal: with the connection closed under
    /// it, it would only see its own write fail. It stops when it has read the answer; one that
    /// does not is cut off.
    private void drain() {
        if (!hasBody() || header("Expect") != null) {
            return;
        }
        byte[] ignored = new byte[DRAIN_STEP_BYTES];
        long left = MAX_DRAIN_BYTES;
        try {
            int n;
            while (left > 0 && (n = body().read(ignored)) >= 0) {
                left -= n;
            }
        } catch (IOException e) {
            // it left, as expected
        }
    }

    @Override
    public OutputStream stream(int status, String contentType) throws IOException {
        head(status, contentType);
        BodyOutput out = new BodyOutput(response);
        out.head();
        return out;
    }

    private void head(int status, @Nullable String contentType) {
        response.setStatus(status);
        headers.forEach((name, value) -> response.getHeaders().put(name, value));
        if (contentType != null) {
            response.getHeaders().put("Content-Type", contentType);
        }
    }

    @Override
    public OutputStream live(int status, String contentType, Runnable gone) throws IOException {
        boolean chunked = request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_1_0;
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" OK\r\n");
        header("Content-Type", contentType);
        header("Connection", "close");
        if (chunked) {
            header("Transfer-Encoding", "chunked");
        }
        RawConnection connection = takeOver(head);
        LiveOutput out =
                new LiveOutput(jettyConnection().getEndPoint(), connection.out(), chunked, gone);
        out.watch();
        return out;
    }

    @Override
    public RawStream hijack(String contentType) throws IOException {
        String upgrade = header("Upgrade");
        header("Content-Type", contentType);
        if (upgrade == null) {
            return takeOver(new StringBuilder("HTTP/1.1 200 OK\r\n"));
        }
        header("Connection", "Upgrade");
        header("Upgrade", upgrade.indexOf('\r') < 0 && upgrade.indexOf('\n') < 0 ? upgrade : "tcp");
        return takeOver(new StringBuilder("HTTP/1.1 101 UPGRADED\r\n"));
    }

    /// Writes the head by hand, since from here on Jetty has no part in the connection.
    private RawConnection takeOver(StringBuilder head) throws IOException {
        if (hasBody()) {
            body().skip(Long.MAX_VALUE);
        }
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("\r\n");
        RawConnection connection = new RawConnection(jettyConnection());
        raw = connection;
        connection.out().write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        return connection;
    }

    private Connection jettyConnection() {
        return request.getConnectionMetaData().getConnection();
    }

    /// The connection if it was taken over: it must be closed and not be given back to Jetty.
    @Nullable RawConnection raw() {
        return raw;
    }

    /// For logs.
    @Override
    public String toString() {
        HttpField host = request.getHeaders().getField("Host");
        return method() + " " + rawPath() + (host == null ? "" : " " + host.getValue());
    }
}
