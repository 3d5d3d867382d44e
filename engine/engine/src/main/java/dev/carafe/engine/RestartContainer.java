package dev.carafe.engine;

import dev.carafe.base.NotModified;
import org.jspecify.annotations.Nullable;

/// Stops a container if it runs, and starts it. Engine API POST /containers/{id}/restart.
public final class RestartContainer {
    private final StopContainer stop;
    private final StartContainer start;
    private final WatchEvents events;

    RestartContainer(StopContainer stop, StartContainer start, WatchEvents events) {
        this.stop = stop;
        this.start = start;
        this.events = events;
    }

    public void restart(String ref, @Nullable Integer timeoutSeconds, @Nullable String signal) {
        try {
            stop.stop(ref, timeoutSeconds, signal);
        } catch (NotModified e) {
            // It does not run: starting is all there is to do.
        }
        start.start(ref);
        events.restarted(ref);
    }
}
