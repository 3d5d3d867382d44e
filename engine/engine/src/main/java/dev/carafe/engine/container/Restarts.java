package dev.carafe.engine.container;

import dev.carafe.base.Aside;
import dev.carafe.base.CarafeException;
import dev.carafe.engine.state.ContainerState;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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

    /// Starts containers that ran before the daemon did: those first whose namespaces others join.
    void startWithDaemon(List<Container> containers) {
        if (!containers.isEmpty()) {
            Thread.ofVirtual().name("start-with-daemon").start(() -> startInOrder(containers));
        }
    }

    private void startInOrder(List<Container> containers) {
        Set<Container> waiting = new LinkedHashSet<>(containers);
        while (!waiting.isEmpty()) {
            List<Container> ready = waiting.stream().filter(c -> isReady(c, waiting)).toList();
            List<Container> round = ready.isEmpty() ? List.copyOf(waiting) : ready;
            round.stream()
                    .map(c -> Aside.start(() -> startWithDaemon(c)))
                    .toList()
                    .forEach(Aside::settle);
            waiting.removeAll(round);
        }
    }

    private static boolean isReady(Container container, Set<Container> waiting) {
        List<String> needs = container.record().host().joined();
        return waiting.stream()
                .noneMatch(other ->
                        other != container
                                && needs.stream()
                                        .anyMatch(ref ->
                                                other.name().equals(ref)
                                                        || other.id().startsWith(ref)));
    }

    private void startWithDaemon(Container container) {
        Starter now = starter.get();
        container.locked(() -> {
            if (now != null && !closed && RestartRules.startsWithDaemon(container.record())) {
                tryTo(container, () -> now.startByUser(container));
            }
        });
    }

    private void start(Container container) {
        Starter now = starter.get();
        if (now != null) {
            tryTo(container, () -> now.start(container));
        }
    }

    private static void tryTo(Container container, Runnable start) {
        try {
            start.run();
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
