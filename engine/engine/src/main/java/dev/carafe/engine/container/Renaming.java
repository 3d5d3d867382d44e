package dev.carafe.engine.container;

import dev.carafe.base.Conflict;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Undo;
import dev.carafe.network.Networks;
import java.util.Map;

/// Gives containers other names.
public final class Renaming {
    private final Containers containers;
    private final Networks networks;
    private final ContainerEvents events;

    Renaming(Containers containers, Networks networks, ContainerEvents events) {
        this.containers = containers;
        this.networks = networks;
        this.events = events;
    }

    private String reserve(Container container, String name) {
        String what = "Error when allocating new name: ";
        try {
            return containers.reserve(name.startsWith("/") ? name : "/" + name, container.id());
        } catch (InvalidArgument e) {
            throw new InvalidArgument(container.subject(), what + e.text(), e);
        } catch (Conflict e) {
            throw new Conflict(container.subject(), what + e.text(), e);
        }
    }

    /// @throws Conflict the name is in use
    /// @throws InvalidArgument not a name, or its present one
    public void rename(Container container, String newName) {
        if (newName.isEmpty()) {
            throw new InvalidArgument(
                    container.subject(), "Neither old nor new names may be empty");
        }
        container.locked(() -> {
            String old = container.name();
            if (old.equals(newName)) {
                throw new InvalidArgument(
                        container.subject(),
                        "Renaming a container with the same name as its current name");
            }
            try (Undo undo = new Undo()) {
                String taken = reserve(container, newName);
                undo.push(() -> containers.release(taken, container.id()));
                container.change(r -> r.named(taken));
                undo.keep();
                networks.rename(container.id(), taken);
            }
            containers.release(old, container.id());
            events.publish(container.record(), "rename", Map.of("oldName", "/" + old));
        });
    }
}
