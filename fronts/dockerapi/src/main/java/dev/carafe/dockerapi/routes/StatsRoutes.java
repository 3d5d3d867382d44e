package dev.carafe.dockerapi.routes;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.Router;
import dev.carafe.dockerapi.wire.StatsWire;
import dev.carafe.engine.ContainerStats;
import dev.carafe.engine.stats.Sample;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What containers use, once or every second.
final class StatsRoutes {
    private static final long TICK_MILLIS = 1000;

    private final ContainerStats stats;
    private final Replies replies;

    StatsRoutes(ContainerStats stats, Replies replies) {
        this.stats = stats;
        this.replies = replies;
    }

    void addTo(Router router) {
        router.get("/containers/{id*}/stats", this::stats);
    }

    private void stats(Exchange x) throws IOException {
        boolean stream = x.query().flag("stream", true);
        boolean oneShot = x.version().atLeast(41) && x.query().flag("one-shot");
        if (stream && oneShot) {
            throw new InvalidArgument("cannot have stream=true and one-shot=true");
        }
        String id = stats.id(x.parameter("id"));
        if (stream) {
            stream(x, id);
        } else {
            once(x, id, !oneShot);
        }
    }

    /// @param compared take two samples, for the difference of their CPU time
    private void once(Exchange x, String id, boolean compared) throws IOException {
        Sample first = sample(id);
        if (compared && first.usage() != null && waited()) {
            replies.ok(x, StatsWire.write(sample(id), first, x.version()));
        } else {
            replies.ok(x, StatsWire.write(first, null, x.version()));
        }
    }

    private Sample sample(String id) {
        return stats.sample(id)
                .orElseThrow(() ->
                        new NotFound(new Subject("container", id), "No such container: " + id));
    }

    private static boolean waited() {
        try {
            TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void stream(Exchange x, String id) throws IOException {
        CountDownLatch gone = new CountDownLatch(1);
        try (OutputStream out = x.live(200, Replies.JSON, gone::countDown)) {
            Sample before = null;
            Optional<Sample> now = stats.sample(id);
            while (now.isPresent()) {
                out.write(replies.line(StatsWire.write(now.get(), before, x.version())));
                out.flush();
                before = now.get();
                if (gone.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
                now = stats.sample(id);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
