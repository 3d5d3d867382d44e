package dev.carafe.engine;

import dev.carafe.engine.container.Container;
import dev.carafe.engine.container.Containers;
import dev.carafe.engine.container.Signals;
import dev.carafe.engine.container.Stopper;
import org.jspecify.annotations.Nullable;

/// Sends a signal to a container's first process. Engine API POST /containers/{id}/kill.
public final class KillContainer {
    private final Containers containers;
    private final Stopper stopper;

    KillContainer(Containers containers, Stopper stopper) {
        this.containers = containers;
        this.stopper = stopper;
    }

    /// @param signal `KILL`, `SIGKILL` or `9`; null: KILL
    /// @throws dev.carafe.base.Conflict it is not running
    /// @throws dev.carafe.base.InvalidArgument `invalid signal: x`
    public void kill(String ref, @Nullable String signal) {
        int number = signal == null || signal.isEmpty() ? Signals.KILL : Signals.parse(signal);
        Container container = containers.get(ref);
        boolean ends = number == Signals.KILL || number == StopContainer.signal(container, null);
        stopper.signal(container, number, ends);
    }
}
