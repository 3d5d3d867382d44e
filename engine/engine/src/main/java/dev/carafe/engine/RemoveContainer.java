package dev.carafe.engine;

import dev.carafe.base.Conflict;
import dev.carafe.base.Internal;
import dev.carafe.engine.container.Container;
import dev.carafe.engine.container.Containers;
import dev.carafe.engine.container.LinkRemoval;
import dev.carafe.engine.container.Removal;
import dev.carafe.engine.container.Stopper;
import dev.carafe.engine.state.ContainerState;

/// Removes a container and all that it holds. Engine API DELETE /containers/{id}.
public final class RemoveContainer {
    private final Containers containers;
    private final Stopper stopper;
    private final Removal removal;
    private final LinkRemoval links;

    RemoveContainer(Containers containers, Stopper stopper, Removal removal, LinkRemoval links) {
        this.links = links;
        this.containers = containers;
        this.stopper = stopper;
        this.removal = removal;
    }

    /// @param force kill it first if it runs
    /// @param volumes remove its anonymous volumes too
    /// @throws Conflict it runs, or its removal is under way
    public void remove(String ref, boolean force, boolean volumes) {
        Container container = containers.get(ref);
        if (!isUp(container)) {
            removal.remove(container, volumes);
            return;
        }
        if (!force) {
            throw new Conflict(container.subject(), refusal(container));
        }
        try (Container.Hold hold = container.hold()) {
            stopper.kill(container);
            removal.remove(container, volumes);
        }
    }

    /// Takes a link away from the container that made it.
    ///
    /// @param ref the link's name, `web/db`
    /// @throws dev.carafe.base.NotFound `No such container: x`
    /// @throws Internal it is the name of a container
    public void unlink(String ref) {
        containers.get(ref);
        int slash = ref.lastIndexOf('/');
        if (slash <= 0) {
            throw new Internal("Conflict, cannot remove the default link name of the container");
        }
        links.remove(containers.get(ref.substring(0, slash)), ref.substring(slash + 1));
    }

    private static boolean isUp(Container container) {
        return container.state().isRunning()
                || container.state() instanceof ContainerState.Restarting;
    }

    private static String refusal(Container container) {
        boolean paused = container.state() instanceof ContainerState.Paused;
        return "cannot remove container \""
                + container.name()
                + "\": container is "
                + (paused
                        ? "paused and must be unpaused first"
                        : container.state().word()
                                + ": stop the container before removing or force remove");
    }
}
