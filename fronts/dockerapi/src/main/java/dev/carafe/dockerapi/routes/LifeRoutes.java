package dev.carafe.dockerapi.routes;

import dev.carafe.base.Canceled;
import dev.carafe.base.InvalidArgument;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.Router;
import dev.carafe.dockermodel.WaitError;
import dev.carafe.dockermodel.WaitResponse;
import dev.carafe.engine.Engine;
import dev.carafe.engine.WaitContainer;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Starting, stopping and waiting for containers.
final class LifeRoutes {
    private static final int LONGEST_START_BODY = 7;

    private final Engine engine;
    private final Replies replies;

    LifeRoutes(Engine engine, Replies replies) {
        this.engine = engine;
        this.replies = replies;
    }

    void addTo(Router router) {
        router.post("/containers/{id*}/start", this::start);
        router.post("/containers/{id*}/stop", this::stop);
        router.post("/containers/{id*}/restart", this::restart);
        router.post("/containers/{id*}/kill", this::kill);
        router.post("/containers/{id*}/pause", this::pause);
        router.post("/containers/{id*}/unpause", this::unpause);
        router.post("/containers/{id*}/wait", this::await);
        router.post("/containers/{id*}/resize", this::resize);
    }

    private void start(Exchange x) throws IOException {
        String length = x.header("Content-Length");
        if (x.hasBody()
                && (length == null
                        || length.length() > 1
                        || Integer.parseInt(length) > LONGEST_START_BODY)) {
            throw new InvalidArgument(
                    "starting container with non-empty request body was deprecated since API v1.22 and removed in v1.24");
        }
        if (x.query().has("checkpoint") && !x.query().text("checkpoint").isEmpty()) {
            throw new InvalidArgument("checkpoint is only supported in experimental mode");
        }
        engine.startContainer().start(x.parameter("id"));
        Replies.noContent(x);
    }

    private void stop(Exchange x) throws IOException {
        engine.stopContainer().stop(x.parameter("id"), x.query().integer("t"), signal(x));
        Replies.noContent(x);
    }

    private void restart(Exchange x) throws IOException {
        engine.restartContainer().restart(x.parameter("id"), x.query().integer("t"), signal(x));
        Replies.noContent(x);
    }

    private void kill(Exchange x) throws IOException {
        engine.killContainer().kill(x.parameter("id"), signal(x));
        Replies.noContent(x);
    }

    private static @Nullable String signal(Exchange x) {
        String signal = x.query().text("signal");
        return signal.isEmpty() ? null : signal;
    }

    private void pause(Exchange x) throws IOException {
        engine.pauseContainer().pause(x.parameter("id"));
        Replies.noContent(x);
    }

    private void unpause(Exchange x) throws IOException {
        engine.pauseContainer().unpause(x.parameter("id"));
        Replies.noContent(x);
    }

    /// The head goes out at once: the docker CLI starts the container when it has seen it.
    private void await(Exchange x) throws IOException {
        CompletableFuture<WaitContainer.Result> result =
                engine.waitContainer()
                        .await(x.parameter("id"), condition(x.query().text("condition")));
        try (OutputStream out = x.live(200, Replies.JSON, () -> result.cancel(true))) {
            WaitContainer.Result r = result.join();
            out.write(
                    replies.line(
                            new WaitResponse(
                                    r.statusCode(),
                                    r.error() == null ? null : new WaitError(r.error()))));
        } catch (CancellationException e) {
            throw new IOException("the client left", e);
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            throw cause instanceof RuntimeException r ? r : new Canceled(String.valueOf(cause));
        }
    }

    private static WaitContainer.Condition condition(String text) {
        return switch (text) {
            case "", "not-running" -> WaitContainer.Condition.NOT_RUNNING;
            case "next-exit" -> WaitContainer.Condition.NEXT_EXIT;
            case "removed" -> WaitContainer.Condition.REMOVED;
            default -> throw new InvalidArgument("invalid condition: \"" + text + "\"");
        };
    }

    private void resize(Exchange x) throws IOException {
        Size size = Size.of(x);
        engine.resizeContainer().resize(x.parameter("id"), size.rows(), size.columns());
        Replies.empty(x);
    }

    /// A terminal's size as `h` and `w` say it.
    record Size(int rows, int columns) {
        private static final Pattern DIGITS = Pattern.compile("[0-9]+");

        static Size of(Exchange x) {
            return new Size(dimension(x, "h"), dimension(x, "w"));
        }

        private static int dimension(Exchange x, String key) {
            String text = x.query().text(key);
            String digits = text.startsWith("-") ? text.substring(1) : text;
            if (!DIGITS.matcher(digits).matches()) {
                throw invalid(key, text, "invalid syntax");
            }
            if (!digits.equals(text) || new BigInteger(digits).bitLength() > Integer.SIZE) {
                throw invalid(key, text, "value out of range");
            }
            return Integer.parseUnsignedInt(digits);
        }

        private static InvalidArgument invalid(String key, String text, String why) {
            return new InvalidArgument(
                    "invalid resize %s \"%s\": %s"
                            .formatted(key.equals("h") ? "height" : "width", text, why));
        }
    }
}
