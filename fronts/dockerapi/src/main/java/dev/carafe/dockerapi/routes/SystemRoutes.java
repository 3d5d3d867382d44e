package dev.carafe.dockerapi.routes;

import dev.carafe.dockerapi.config.ApiOptions;
import dev.carafe.dockerapi.http.ApiVersion;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.Router;
import dev.carafe.dockerapi.wire.EventWire;
import dev.carafe.dockerapi.wire.Filters;
import dev.carafe.dockerapi.wire.Times;
import dev.carafe.dockermodel.Version;
import dev.carafe.dockermodel.VersionComponent;
import dev.carafe.dockermodel.VersionPlatform;
import dev.carafe.engine.Engine;
import dev.carafe.engine.events.Event;
import dev.carafe.engine.events.EventQuery;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What is about the daemon as a whole: ping, version, info, events.
final class SystemRoutes {
    private final Engine engine;
    private final ApiOptions options;
    private final InfoAnswer info;
    private final Replies replies;
    private final Filters filters;

    SystemRoutes(Engine engine, ApiOptions options, Replies replies) {
        this.engine = engine;
        this.options = options;
        this.info = new InfoAnswer(engine, options);
        this.replies = replies;
        this.filters = new Filters(replies.json());
    }

    void addTo(Router router) {
        router.get("/_ping", SystemRoutes::ping);
        router.head("/_ping", SystemRoutes::ping);
        router.get("/version", x -> replies.ok(x, version()));
        router.get("/info", x -> replies.ok(x, info.get(x.version())));
        router.get("/events", this::events);
    }

    private static void ping(Exchange x) throws IOException {
        x.header("Cache-Control", "no-cache, no-store, must-revalidate");
        x.header("Pragma", "no-cache");
        x.header("Builder-Version", "1");
        x.header("Swarm", "inactive");
        x.send(200, "text/plain; charset=utf-8", "OK".getBytes(StandardCharsets.US_ASCII));
    }

    private Version version() {
        String kernel = HostFacts.kernelVersion();
        String java =
                "java"
                        + Runtime.version().feature()
                        + "."
                        + Runtime.version().interim()
                        + "."
                        + Runtime.version().update();
        Map<String, String> details = new LinkedHashMap<>();
        details.put("ApiVersion", ApiVersion.CURRENT.toString());
        details.put("Arch", HostFacts.goArch());
        details.put("BuildTime", options.buildTime());
        details.put("Experimental", "false");
        details.put("GitCommit", options.gitCommit());
        details.put("GoVersion", java);
        details.put("KernelVersion", kernel);
        details.put("MinAPIVersion", ApiVersion.MINIMUM.toString());
        details.put("Os", "linux");
        return new Version(
                new VersionPlatform("Carafe " + options.productVersion()),
                List.of(new VersionComponent("Engine", options.serverVersion(), details)),
                options.serverVersion(),
                ApiVersion.CURRENT.toString(),
                ApiVersion.MINIMUM.toString(),
                options.gitCommit(),
                java,
                "linux",
                HostFacts.goArch(),
                kernel,
                null,
                options.buildTime());
    }

    private void events(Exchange x) throws IOException {
        Instant until = Times.parse(x.query().text("until"));
        EventQuery query =
                new EventQuery(
                        Times.parse(x.query().text("since")),
                        until,
                        filters.parse(x.query().text("filters")));
        CountDownLatch end = new CountDownLatch(1);
        try (OutputStream out = x.live(200, Replies.JSON, end::countDown);
                AutoCloseable subscription =
                        engine.events().subscribe(query, e -> write(out, e, x.version(), end))) {
            await(end, until);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the subscription can't be ended", e);
        }
    }

    private void write(OutputStream out, Event event, ApiVersion version, CountDownLatch end) {
        try {
            out.write(replies.line(EventWire.write(event, version)));
            out.flush();
        } catch (IOException e) {
            end.countDown();
        }
    }

    private static void await(CountDownLatch end, @Nullable Instant until)
            throws InterruptedException {
        if (until == null) {
            end.await();
        } else {
            long millis = Duration.between(Instant.now(), until).toMillis();
            // events of the past come on the subscription's thread: leave it a moment
            end.await(Math.max(millis, 200), TimeUnit.MILLISECONDS);
        }
    }
}
