package dev.carafe.engine.container;

import dev.carafe.base.CarafeException;
import dev.carafe.engine.state.ContainerState;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Starts containers again when their time has come.
final class Restarts implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Restarts.class.getName());
    private final AtomicReference<@Nullable Starter> starter = new AtomicReference<>();
    private volatile boolean closed;

    /// The starter needs the end of runs, which needs this: so it comes later.
    void use(Starter starter) {
        this.starter.set(starter);
    }

    /// The container's state says when.
    void schedule(Container container) {
        if (container.state() instanceof ContainerState.Restarting due) {
            Thread.ofVirtual()
                    .name("restart-" + container.id())
                    .start(() -> restart(container, due));
        }
    }

    private void restart(Container container, ContainerState.Restarting due) {
        try {
            Duration left = Duration.between(Instant.now(), due.notBefore());
            if (left.isPositive()) {
                Thread.sleep(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        container.locked(() -> {
            if (!closed && due.equals(container.state())) {
                start(container);
            }
        });
    }

    private void start(Container container) {
        Starter now = starter.get();
        if (now == null) {
            return;
        }
        try {
            container.change(r -> r.restarts(r.restartCount() + 1));
            now.start(container);
        } catch (CarafeException e) {
            LOG.log(
                    Level.WARNING,
                    "container {0} could not be restarted: {1}",
                    container.id(),
                    e.text());
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
