package dev.carafe.dockerapi.http;

import dev.carafe.base.CarafeException;
import dev.carafe.base.json.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What every request passes: the headers of every answer, the version, the route, and the turning
/// of errors into answers.
public final class Front {
    private static final Logger LOG = System.getLogger(Front.class.getName());

    private final Router router;
    private final Map<String, String> headers;

    /// @param headers of every answer
    public Front(Router router, Map<String, String> headers) {
        this.router = router;
        this.headers = headers;
    }

    /// Whether the answer comes from memory, in one piece and without waiting for anything.
    ///
    /// @param query of the request, if it has one
    public boolean answersAtOnce(String method, String rawPath, @Nullable String query) {
        return query == null && router.isAtOnce(method, rawPath);
    }

    /// Answers. When this throws, the connection is to be broken off.
    public void serve(ServerExchange exchange) throws IOException {
        RequestEvent event = new RequestEvent(exchange);
        try {
            handle(exchange);
        } finally {
            event.commit();
        }
    }

    private void handle(ServerExchange exchange) throws IOException {
        headers.forEach(exchange::header);
        LOG.log(Level.DEBUG, () -> "Calling " + exchange.method() + " " + exchange.rawPath());
        try {
            Router.Target target = Router.target(exchange.rawPath());
            exchange.bind(target, Map.of());
            Router.Found found = router.find(exchange.method(), target.path());
            exchange.bind(target, found.parameters());
            found.handler().handle(exchange);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (RuntimeException | Error e) {
            answer(exchange, e);
        }
    }

    private static void answer(ServerExchange exchange, Throwable error) throws IOException {
        int status = Errors.status(error);
        String request = exchange.method() + " " + exchange.rawPath();
        if (status >= 500) {
            Level level = error instanceof CarafeException ? Level.ERROR : Level.WARNING;
            LOG.log(
                    level,
                    "Handler for " + request + " returned error: " + Errors.message(error),
                    error);
        } else {
            LOG.log(
                    Level.DEBUG,
                    () -> "Handler for " + request + " returned error: " + Errors.message(error));
        }
        if (exchange.committed()) {
            throw new IOException("failed within the answer: " + Errors.message(error), error);
        }
        if (status == 304) {
            exchange.send(304, null, new byte[0]);
        } else if (exchange.version().before(24)) {
            exchange.send(status, "text/plain; charset=utf-8", utf8(Errors.message(error) + "\n"));
        } else {
            exchange.send(status, "application/json", utf8(json(Errors.message(error))));
        }
    }

    /// `{"message":"..."}`.
    public static String json(String message) {
        return "{\"message\":" + JsonString.quoted(message) + "}\n";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
