package dev.carafe.engine;

import dev.carafe.base.CarafeException;
import dev.carafe.base.NotModified;
import dev.carafe.engine.container.Container;
import dev.carafe.engine.container.Containers;
import dev.carafe.engine.container.Removal;
import dev.carafe.engine.container.Starter;
import java.util.List;

/// Starts a created or ended container. Engine API POST /containers/{id}/start.
public final class StartContainer {
    private final Containers containers;
    private final Starter starter;
    private final Removal removal;

    StartContainer(Containers containers, Starter starter, Removal removal) {
        this.containers = containers;
        this.starter = starter;
        this.removal = removal;
    }

    /// Returns when the container's process was executed. A container that removes itself is
    /// removed when it can't be started.
    ///
    /// @throws NotModified it runs already
    /// @throws dev.carafe.base.Conflict paused, or being removed
    /// @throws dev.carafe.base.InvalidArgument the program can't be executed; the message has
    ///   Docker's words
    public void start(String ref) {
        start(ref, List.of());
    }

    /// The same with further variables, `NAME=value`, that no file and no answer ever shows.
    public void start(String ref, List<String> secretEnv) {
        Container container = containers.get(ref);
        container.secretEnv(secretEnv);
        try {
            container.locked(() -> {
                starter.startByUser(container);
            });
        } catch (NotModified e) {
            throw e;
        } catch (CarafeException e) {
            if (container.record().host().autoRemove() && !container.state().isRunning()) {
                try {
                    removal.remove(container, true);
                } catch (CarafeException further) {
                    e.addSuppressed(further);
                }
            }
            throw e;
        }
    }
}
