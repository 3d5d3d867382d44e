package dev.carafe.engine;

import dev.carafe.base.CarafeException;
import dev.carafe.base.Conflict;
import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.PortRequest;
import dev.carafe.engine.config.ResourceConfig;
import dev.carafe.engine.config.RestartPolicy;
import dev.carafe.engine.container.Container;
import dev.carafe.engine.container.Containers;
import dev.carafe.engine.container.LimitChange;
import dev.carafe.engine.container.PortChange;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes limits, the restart policy and published ports of an existing container, at once where
/// it runs. Engine API POST /containers/{id}/update; ports are an extension of it.
public final class UpdateContainer {
    private final Containers containers;
    private final LimitChange change;
    private final PortChange ports;

    UpdateContainer(Containers containers, LimitChange change, PortChange ports) {
        this.containers = containers;
        this.change = change;
        this.ports = ports;
    }

    /// Publishes further ports, or some no longer.
    ///
    /// @param added where, by container port: `80/tcp`
    /// @param removed likewise; an empty host port or address stands for all of them
    /// @throws InvalidArgument a port to be removed is not published
    /// @throws Conflict its kind of network has no published ports, or it is being removed
    /// @throws Internal a port is taken: nothing has changed
    public void publish(
            String ref,
            Map<String, List<PortRequest>> added,
            Map<String, List<PortRequest>> removed) {
        ports.apply(containers.get(ref), added, removed);
    }

    /// @param limits 0, null and empty leave what is there; a pids limit of 0 or less takes it away
    /// @param policy null: stays
    /// @return warnings
    /// @throws InvalidArgument a value that can't be
    /// @throws Conflict a value that does not go with those that stay, or it is being removed
    /// @throws Internal the kernel refuses: nothing has changed
    public List<String> update(String ref, ResourceConfig limits, @Nullable RestartPolicy policy) {
        HostConfig asked = HostConfig.defaults().withResources(limits);
        List<String> warnings =
                CreateChecks.update(policy == null ? asked : asked.withRestartPolicy(policy));
        Container container = containers.get(ref);
        String failed = "Cannot update container " + container.id() + ": ";
        try {
            change.apply(container, limits, policy);
        } catch (Conflict e) {
            throw new Conflict(e.subject(), failed + e.text(), e);
        } catch (CarafeException e) {
            throw new Internal(e.subject(), failed + e.text(), e);
        }
        return warnings;
    }
}
