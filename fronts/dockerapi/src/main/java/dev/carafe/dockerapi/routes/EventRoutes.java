package dev.carafe.dockerapi.routes;

import dev.carafe.base.InvalidArgument;
import dev.carafe.dockerapi.http.ApiVersion;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.Router;
import dev.carafe.dockerapi.wire.EventWire;
import dev.carafe.dockerapi.wire.Filters;
import dev.carafe.dockerapi.wire.Times;
import dev.carafe.engine.Engine;
import dev.carafe.engine.events.Event;
import dev.carafe.engine.events.EventQuery;
import dev.carafe.engine.events.Subscription;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/// What happens, as a stream.
final class EventRoutes {
    private final Engine engine;
    private final Replies replies;
    private final Filters filters;

    EventRoutes(Engine engine, Replies replies) {
        this.engine = engine;
        this.replies = replies;
        this.filters = new Filters(replies.json());
    }

    void addTo(Router router) {
        router.get("/events", this::events);
    }

    private void events(Exchange x) throws IOException {
        EventQuery query = query(x);
        String type = x.version().before(52) ? Replies.JSON : "application/jsonl";
        CountDownLatch end = new CountDownLatch(1);
        try (OutputStream out = x.live(200, type, end::countDown);
                Subscription subscription =
                        engine.events().subscribe(query, e -> write(out, e, x.version(), end))) {
            subscription.ended().thenRun(end::countDown);
            end.await();
            // its thread writes to what is closed next
            subscription.close();
            subscription.ended().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private EventQuery query(Exchange x) {
        String sinceText = x.query().text("since");
        String untilText = x.query().text("until");
        Instant since = Times.parse(sinceText);
        Instant until = Times.parse(untilText);
        if (since != null && until != null && until.isBefore(since)) {
            throw new InvalidArgument(
                    "`since` time (%s) cannot be after `until` time (%s)"
                            .formatted(sinceText, untilText));
        }
        return new EventQuery(since, until, filters.parse(x.query().text("filters")));
    }

    /// The making of images is told since API 1.46.
    private static boolean isKnownTo(ApiVersion version, Event event) {
        return !version.before(46)
                || !event.type().equals("image")
                || !event.action().equals("create");
    }

    private void write(OutputStream out, Event event, ApiVersion version, CountDownLatch end) {
        if (!isKnownTo(version, event)) {
            return;
        }
        try {
            out.write(replies.line(EventWire.write(event, version)));
            out.flush();
        } catch (IOException e) {
            end.countDown();
        }
    }
}
