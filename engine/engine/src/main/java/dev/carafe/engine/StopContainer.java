package dev.carafe.engine;

import dev.carafe.engine.container.Container;
import dev.carafe.engine.container.Containers;
import dev.carafe.engine.container.Signals;
import dev.carafe.engine.container.Stopper;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Asks a container to end, and kills it after a time. Engine API POST /containers/{id}/stop.
public final class StopContainer {
    private final Containers containers;
    private final Stopper stopper;

    private final int defaultSeconds;

    /// @param defaultSeconds where neither the client nor the container says one; -1: for ever
    StopContainer(Containers containers, Stopper stopper, int defaultSeconds) {
        this.containers = containers;
        this.stopper = stopper;
        this.defaultSeconds = defaultSeconds;
    }

    /// Returns when it has ended.
    ///
    /// @param timeoutSeconds null: the container's own, else the engine's; -1: wait for ever
    /// @param signal null: the container's stop signal
    /// @throws dev.carafe.base.NotModified it does not run
    public void stop(String ref, @Nullable Integer timeoutSeconds, @Nullable String signal) {
        Container container = containers.get(ref);
        stopper.stop(container, signal(container, signal), timeout(container, timeoutSeconds));
    }

    static int signal(Container container, @Nullable String asked) {
        if (asked != null && !asked.isEmpty()) {
            return Signals.parse(asked);
        }
        String own = container.record().config().stopSignal();
        return own == null || own.isEmpty() ? Signals.TERM : Signals.parse(own);
    }

    private @Nullable Duration timeout(Container container, @Nullable Integer asked) {
        Integer own = container.record().config().stopTimeoutSeconds();
        int seconds = asked != null ? asked : own != null ? own : defaultSeconds;
        return seconds < 0 ? null : Duration.ofSeconds(seconds);
    }
}
