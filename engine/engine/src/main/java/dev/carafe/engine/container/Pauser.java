package dev.carafe.engine.container;

import dev.carafe.base.Conflict;
import dev.carafe.base.Internal;
import dev.carafe.base.Undo;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.engine.state.LifeEvent;
import dev.carafe.runtime.ContainerHandle;

/// Freezes containers and thaws them.
public final class Pauser {
    private final ContainerEvents events;
    private final RunObserver runs;

    Pauser(ContainerEvents events, RunObserver runs) {
        this.events = events;
        this.runs = runs;
    }

    /// @throws Conflict not running, or paused already
    public void pause(Container container) {
        container.locked(() -> {
            if (container.state() instanceof ContainerState.Paused) {
                throw new Conflict(
                        container.subject(), "Container " + container.id() + " is already paused");
            }
            container.notRestarting();
            ContainerHandle handle = container.running();
            try (Undo undo = new Undo()) {
                undo.push(handle::resume);
                handle.pause();
                container.move(new LifeEvent.PausedByUser());
                undo.keep();
            }
            runs.halted(container);
            events.publish(container.record(), "pause");
        });
    }

    /// @throws Internal it is not paused: dockerd's answer, which clients match
    public void resume(Container container) {
        if (!resumeIfPaused(container)) {
            throw new Internal(
                    container.subject(), "Container " + container.id() + " is not paused");
        }
    }

    /// @return false when it was not paused
    public boolean resumeIfPaused(Container container) {
        return container.whileLocked(() -> {
            ContainerHandle handle = container.handle();
            if (handle == null || !(container.state() instanceof ContainerState.Paused)) {
                return false;
            }
            handle.resume();
            container.move(new LifeEvent.Resumed());
            runs.running(container);
            events.publish(container.record(), "unpause");
            return true;
        });
    }
}
