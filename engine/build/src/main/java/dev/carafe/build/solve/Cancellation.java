package dev.carafe.build.solve;

import dev.carafe.base.Canceled;
import dev.carafe.build.steps.StepContainer;
import java.util.HashSet;
import java.util.Set;

/// Ends a build from outside: the step that runs is killed, no further one begins. Thread-safe.
public final class Cancellation {
    private final Set<StepContainer> running = new HashSet<>();
    private boolean canceled;

    public void cancel() {
        Set<StepContainer> toKill;
        synchronized (this) {
            canceled = true;
            toKill = Set.copyOf(running);
        }
        toKill.forEach(StepContainer::kill);
    }

    /// @throws Canceled when it was
    public synchronized void check() {
        if (canceled) {
            throw new Canceled("build canceled");
        }
    }

    synchronized boolean isCanceled() {
        return canceled;
    }

    synchronized void begin(StepContainer container) {
        check();
        running.add(container);
    }

    synchronized void end(StepContainer container) {
        running.remove(container);
    }
}
