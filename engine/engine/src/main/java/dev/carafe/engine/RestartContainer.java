package dev.carafe.engine;

import dev.carafe.base.NotModified;
import dev.carafe.engine.container.Container;
import dev.carafe.engine.container.Containers;
import org.jspecify.annotations.Nullable;

/// Stops a container if it runs, and starts it. Engine API POST /containers/{id}/restart.
public final class RestartContainer {
    private final Containers containers;
    private final StopContainer stop;
    private final StartContainer start;
    private final WatchEvents events;

    RestartContainer(
            Containers containers, StopContainer stop, StartContainer start, WatchEvents events) {
        this.containers = containers;
        this.stop = stop;
        this.start = start;
        this.events = events;
    }

    /// One that removes itself when it ends stays.
    ///
    /// @param timeoutSeconds as of {@link StopContainer#stop}
    public void restart(String ref, @Nullable Integer timeoutSeconds, @Nullable String signal) {
        try (Container.Hold hold = containers.get(ref).hold()) {
            try {
                stop.stop(ref, timeoutSeconds, signal);
            } catch (NotModified e) {
                // It does not run: starting is all there is to do.
            }
            start.start(ref);
            events.restarted(ref);
        }
    }
}
