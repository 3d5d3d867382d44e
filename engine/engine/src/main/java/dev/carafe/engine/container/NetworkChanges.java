package dev.carafe.engine.container;

import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Undo;
import dev.carafe.engine.config.EndpointSettings;
import dev.carafe.engine.config.NetworkingConfig;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Namespaces;
import dev.carafe.network.Endpoint;
import dev.carafe.network.Network;
import java.util.List;

/// Puts existing containers on networks and takes them off: those that run at once, the others with
/// their next start.
public final class NetworkChanges {
    private final Rooms rooms;
    private final ContainerEvents events;
    private final NameFiles files;

    NetworkChanges(Rooms rooms, ContainerEvents events) {
        this.rooms = rooms;
        this.events = events;
        this.files = new NameFiles(rooms);
    }

    /// @throws InvalidArgument not with this network, or not with these settings
    /// @throws dev.carafe.base.PermissionDenied it runs and is on the network
    public void connect(Container container, String ref, EndpointSettings settings) {
        container.locked(() -> {
            ContainerRecord record = container.record();
            refuseEnding(container);
            refuseShared(record);
            Network network = rooms.networks().get(ref);
            NetworkingConfig now = Memberships.of(record, rooms.networks());
            EndpointChecks.check(network, settings);
            refuseBeside(network, now);
            if (container.state().isRunning()) {
                connectNow(container, network.name(), settings, now);
            } else if (!now.endpoints().containsKey(network.name())) {
                container.change(r -> r.on(now.with(network.name(), settings)));
            }
        });
    }

    private void connectNow(
            Container container, String network, EndpointSettings settings, NetworkingConfig now) {
        ContainerRecord record = container.record();
        String resolvConf = rooms.networks().resolvConf(record.id());
        try (Undo undo = new Undo();
                Fd netns = Namespaces.of(container.running().initPid(), "net")) {
            Endpoint endpoint =
                    rooms.networks()
                            .connect(
                                    record.id(),
                                    record.name(),
                                    netns,
                                    Memberships.join(record, network, settings));
            undo.push(
                    () -> rooms.networks().disconnect(record.id(), record.name(), netns, network));
            container.change(r -> r.on(now.with(network, settings)));
            undo.keep();
            files.joined(record, endpoint);
            files.resolves(record, resolvConf, rooms.networks().resolvConf(record.id()));
            events.network("connect", record, List.of(endpoint));
        }
    }

    /// @throws Internal it is not on the network
    public void disconnect(Container container, String ref) {
        container.locked(() -> {
            ContainerRecord record = container.record();
            refuseEnding(container);
            String network = rooms.networks().nameOf(ref);
            NetworkingConfig now = Memberships.of(record, rooms.networks());
            if (container.state().isRunning()) {
                disconnectNow(container, network, now);
            } else if (now.endpoints().containsKey(network)) {
                container.change(r -> r.on(now.without(network)));
            } else {
                throw new Internal(
                        container.subject(),
                        "container "
                                + container.id()
                                + " is not connected to the network "
                                + network);
            }
        });
    }

    private void disconnectNow(Container container, String network, NetworkingConfig now) {
        ContainerRecord record = container.record();
        if (network.equals("host") && record.host().network().mode().equals("host")) {
            throw new InvalidArgument(
                    "cannot disconnect container from host network - container was created in host"
                            + " network mode");
        }
        try (Fd netns = Namespaces.of(container.running().initPid(), "net")) {
            Endpoint endpoint =
                    rooms.networks().disconnect(record.id(), record.name(), netns, network);
            container.change(r -> r.on(now.without(network)));
            files.left(record, endpoint);
            events.network("disconnect", record, List.of(endpoint));
        }
    }

    private static void refuseEnding(Container container) {
        ContainerState state = container.state();
        if (state instanceof ContainerState.Removing || state instanceof ContainerState.Dead) {
            throw new Internal(
                    container.subject(),
                    "Container "
                            + container.id()
                            + " is marked for removal and cannot be connected or disconnected to"
                            + " the network");
        }
    }

    private static void refuseShared(ContainerRecord record) {
        if (ContainerRecord.sharedWith(record.host().network().mode()) != null) {
            throw shared();
        }
    }

    private static InvalidArgument shared() {
        return new InvalidArgument(
                "container sharing network namespace with another container or host cannot be"
                        + " connected to any other network");
    }

    private static void refuseBeside(Network network, NetworkingConfig now) {
        if (network.driver().equals("host") && !now.endpoints().containsKey("host")) {
            throw new InvalidArgument(
                    "cannot connect container to host network - container must be created in host"
                            + " network mode");
        }
        for (String other : now.endpoints().keySet()) {
            if (other.equals(network.name())) {
                return;
            }
            if (other.equals("host")) {
                throw shared();
            }
            if (other.equals("none") || network.name().equals("none")) {
                throw new InvalidArgument(
                        "container cannot be connected to multiple networks with one of the"
                                + " networks in private (none) mode");
            }
        }
    }
}
