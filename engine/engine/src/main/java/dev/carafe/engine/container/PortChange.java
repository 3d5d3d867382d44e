package dev.carafe.engine.container;

import dev.carafe.base.Conflict;
import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Undo;
import dev.carafe.engine.config.HostNetworkConfig;
import dev.carafe.engine.config.PortRequest;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.network.PortBinding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Publishes further ports of an existing container, or some no longer: at once where it runs.
public final class PortChange {
    private final Rooms rooms;
    private final ContainerEvents events;

    PortChange(Rooms rooms, ContainerEvents events) {
        this.rooms = rooms;
        this.events = events;
    }

    /// @param added by container port, `80/tcp`
    /// @param removed likewise; an empty host port or address stands for all of them
    /// @throws InvalidArgument a port to be removed is not published
    /// @throws Conflict its kind of network has no published ports, or it is being removed
    /// @throws Internal a port is taken: nothing has changed
    public void apply(
            Container container,
            Map<String, List<PortRequest>> added,
            Map<String, List<PortRequest>> removed) {
        container.locked(() -> {
            check(container);
            ContainerRecord before = container.record();
            HostNetworkConfig network = before.host().network();
            Map<String, List<PortRequest>> wanted = new LinkedHashMap<>(network.portBindings());
            removed.forEach((port, which) -> remove(wanted, port, which));
            added.forEach((port, more) -> add(wanted, port, more));
            ContainerRecord after =
                    before.host(before.host().withNetwork(network.withPortBindings(wanted)));
            try (Undo undo = new Undo()) {
                if (container.state().isRunning()) {
                    List<PortBinding> earlier = PortChoices.of(before).getFirst();
                    publish(after);
                    undo.push(() -> rooms.networks().publish(before.id(), before.name(), earlier));
                }
                container.change(r -> r.host(after.host()));
                undo.keep();
            }
            events.publish(container.record(), "update");
        });
    }

    private static void check(Container container) {
        ContainerRecord record = container.record();
        if (container.state() instanceof ContainerState.Removing
                || container.state() instanceof ContainerState.Dead) {
            throw new Conflict(
                    container.subject(),
                    "container is marked for removal and cannot be \"update\"");
        }
        String mode = record.host().network().mode();
        if (mode.equals("host")
                || mode.equals("none")
                || ContainerRecord.sharedWith(mode) != null) {
            throw new Conflict(
                    container.subject(),
                    "a container with network mode %s publishes no ports".formatted(mode));
        }
    }

    private static void add(
            Map<String, List<PortRequest>> wanted, String port, List<PortRequest> more) {
        List<PortRequest> all = new ArrayList<>(wanted.getOrDefault(port, List.of()));
        more.stream().filter(p -> !all.contains(p)).forEach(all::add);
        wanted.put(port, all);
    }

    private static void remove(
            Map<String, List<PortRequest>> wanted, String port, List<PortRequest> which) {
        List<PortRequest> all = wanted.getOrDefault(port, List.of());
        List<PortRequest> left =
                which.isEmpty()
                        ? List.of()
                        : all.stream()
                                .filter(p -> which.stream().noneMatch(w -> matches(w, p)))
                                .toList();
        if (left.size() == all.size() && !(which.isEmpty() && wanted.containsKey(port))) {
            throw new InvalidArgument("port " + port + " is not published like that");
        }
        if (left.isEmpty()) {
            wanted.remove(port);
        } else {
            wanted.put(port, left);
        }
    }

    private static boolean matches(PortRequest pattern, PortRequest port) {
        return (pattern.hostIp().isEmpty() || pattern.hostIp().equals(port.hostIp()))
                && (pattern.hostPort().isEmpty() || pattern.hostPort().equals(port.hostPort()));
    }

    private void publish(ContainerRecord record) {
        List<List<PortBinding>> choices = PortChoices.of(record);
        for (int i = 0; ; i++) {
            try {
                rooms.networks().publish(record.id(), record.name(), choices.get(i));
                return;
            } catch (Internal e) {
                // A range gives further choices while ports are taken.
                if (i + 1 >= choices.size() || !e.text().contains("already allocated")) {
                    throw e;
                }
            }
        }
    }
}
