package dev.carafe.engine.health;

import dev.carafe.engine.config.Healthcheck;
import dev.carafe.engine.container.Container;
import dev.carafe.engine.container.ContainerEvents;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.engine.state.Health;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Checks one container, again and again, on a virtual thread, from when it runs to when it is
/// frozen or has ended.
final class HealthMonitor {
    private static final System.Logger LOG = System.getLogger(HealthMonitor.class.getName());
    private final Container container;
    private final Healthcheck check;
    private final Instant startedAt;
    private final Probe probe;
    private final ContainerEvents events;
    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    HealthMonitor(
            Container container,
            Healthcheck check,
            Instant startedAt,
            Probe probe,
            ContainerEvents events) {
        this.container = container;
        this.check = check;
        this.startedAt = startedAt;
        this.probe = probe;
        this.events = events;
    }

    void start() {
        Thread.ofVirtual().name("health-" + container.id()).start(this::run);
    }

    /// Returns at once. A check under way is killed, and its result is dropped.
    void stop() {
        stop.complete(null);
    }

    /// Completes when it has stopped.
    CompletableFuture<Void> over() {
        return over;
    }

    private void run() {
        try {
            while (!isStoppedWithin(wait(Instant.now()))) {
                Instant start = Instant.now();
                Optional<Health.Result> result = probe.run(stop);
                result.ifPresent(r -> take(r, start));
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "container " + container.id() + " is not checked any more", e);
        } finally {
            over.complete(null);
        }
    }

    private Duration wait(Instant now) {
        Health health = container.record().health();
        boolean starting = health == null || health.status() == Health.Status.STARTING;
        return check.wait(Duration.between(startedAt, now), starting);
    }

    private boolean isStoppedWithin(Duration time) {
        return stop.copy()
                .thenApply(v -> true)
                .completeOnTimeout(false, time.toNanos(), TimeUnit.NANOSECONDS)
                .join();
    }

    private void take(Health.Result result, Instant start) {
        container.locked(() -> {
            Health before = container.record().health();
            if (stop.isDone()
                    || before == null
                    || !(container.state() instanceof ContainerState.Running)) {
                return;
            }
            boolean inStartPeriod =
                    Duration.between(startedAt, start).compareTo(check.startPeriod()) < 0;
            Health now = before.after(result, check.failures(), inStartPeriod);
            container.health(now);
            if (now.status() != before.status()) {
                events.publish(container.record(), "health_status: " + now.status().word());
            }
        });
    }
}
