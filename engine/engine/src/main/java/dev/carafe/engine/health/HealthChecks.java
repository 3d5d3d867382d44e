package dev.carafe.engine.health;

import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.engine.config.Healthcheck;
import dev.carafe.engine.container.Container;
import dev.carafe.engine.container.ContainerEvents;
import dev.carafe.engine.container.RunObserver;
import dev.carafe.engine.exec.Execs;
import dev.carafe.engine.state.ContainerState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// The checks of an engine's running containers. Thread-safe.
public final class HealthChecks implements RunObserver, AutoCloseable {
    private static final Duration CLOSING = Duration.ofSeconds(10);
    private final Execs execs;
    private final ContainerEvents events;
    private final Map<String, HealthMonitor> monitors = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public HealthChecks(Execs execs, ContainerEvents events) {
        this.execs = execs;
        this.events = events;
    }

    @Override
    public void running(Container container) {
        ContainerConfig config = container.record().config();
        Healthcheck check = config.healthcheck();
        ContainerState.Running run = container.state().process();
        if (check == null || run == null || closed || !Healthcheck.isSet(config)) {
            return;
        }
        HealthMonitor monitor =
                new HealthMonitor(
                        container,
                        check,
                        run.startedAt(),
                        new Probe(execs, container, check),
                        events);
        HealthMonitor before = monitors.put(container.id(), monitor);
        if (before != null) {
            before.stop();
        }
        monitor.start();
    }

    @Override
    public void halted(Container container) {
        HealthMonitor monitor = monitors.remove(container.id());
        if (monitor != null) {
            monitor.stop();
        }
    }

    /// Ends all checks, those under way too; the next engine goes on with them.
    @Override
    public void close() {
        closed = true;
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (HealthMonitor monitor : monitors.values()) {
            monitor.stop();
            ends.add(monitor.over());
        }
        CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, CLOSING.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
