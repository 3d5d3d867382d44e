package dev.carafe.engine;

import dev.carafe.base.Conflict;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
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

    /// With KILL it returns when the container has ended, else at once. A container that waits to
    /// be restarted has no process: KILL and its stop signal call the restart off.
    ///
    /// @param signal `KILL`, `SIGKILL` or `9`; null: KILL
    /// @throws Conflict it is not running
    /// @throws InvalidArgument `invalid signal: x`
    /// @throws NotFound `No such container: x`; all three after `cannot kill container: x: `
    public void kill(String ref, @Nullable String signal) {
        String failed = "cannot kill container: " + ref + ": ";
        try {
            int number = signal == null || signal.isEmpty() ? Signals.KILL : Signals.parse(signal);
            send(containers.get(ref), number);
        } catch (Conflict e) {
            throw new Conflict(e.subject(), failed + e.text(), e);
        } catch (InvalidArgument e) {
            throw new InvalidArgument(e.subject(), failed + e.text(), e);
        } catch (NotFound e) {
            throw new NotFound(e.subject(), failed + e.text(), e);
        }
    }

    private void send(Container container, int signal) {
        boolean kill = signal == Signals.KILL;
        stopper.signal(container, signal, kill || signal == StopContainer.signal(container, null));
        if (kill) {
            stopper.awaitEnd(container);
        }
    }
}
