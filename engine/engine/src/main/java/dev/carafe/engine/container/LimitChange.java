package dev.carafe.engine.container;

import dev.carafe.base.Conflict;
import dev.carafe.base.Internal;
import dev.carafe.base.Undo;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.ResourceConfig;
import dev.carafe.engine.config.RestartPolicy;
import dev.carafe.engine.spec.ResourceLimits;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.linux.ErrnoException;
import dev.carafe.runtime.ContainerHandle;
import org.jspecify.annotations.Nullable;

/// Changes the limits of a container: those of its processes, then its durable record.
public final class LimitChange {
    private final ContainerEvents events;

    LimitChange(ContainerEvents events) {
        this.events = events;
    }

    /// @param policy null: stays
    /// @throws Conflict the values do not go with those that stay, or it is being removed
    /// @throws Internal the kernel refuses: nothing has changed
    public void apply(Container container, ResourceConfig asked, @Nullable RestartPolicy policy) {
        container.locked(() -> {
            checkState(container);
            HostConfig before = container.record().host();
            HostConfig after = before.withResources(before.resources().changedBy(asked));
            HostConfig now =
                    policy == null ? after : after.withRestartPolicy(checked(policy, after));
            try (Undo undo = new Undo()) {
                ContainerHandle handle = container.handle();
                if (handle != null && container.state().isRunning()) {
                    undo.push(() -> handle.update(ResourceLimits.live(before.resources())));
                    handle.update(ResourceLimits.live(asked));
                }
                container.change(r -> r.host(now));
                undo.keep();
            } catch (ErrnoException e) {
                throw new Internal(container.subject(), String.valueOf(e.getMessage()), e);
            }
            events.publish(container.record(), "update");
        });
    }

    private static void checkState(Container container) {
        if (container.state() instanceof ContainerState.Removing
                || container.state() instanceof ContainerState.Dead) {
            throw new Conflict(
                    container.subject(),
                    "container is marked for removal and cannot be \"update\"");
        }
    }

    private static RestartPolicy checked(RestartPolicy policy, HostConfig host) {
        if (host.autoRemove() && !policy.isNone()) {
            throw new Conflict(
                    "Restart policy cannot be updated because AutoRemove is enabled for the container");
        }
        return policy;
    }
}
