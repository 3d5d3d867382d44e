package dev.carafe.engine;

import dev.carafe.base.PermissionDenied;
import dev.carafe.engine.container.EndsUnderWay;
import dev.carafe.engine.events.Event;
import dev.carafe.engine.events.EventBus;
import dev.carafe.network.CreateNetwork;
import dev.carafe.network.Network;
import dev.carafe.network.Networks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Makes, shows and removes networks. Engine API /networks.
public final class ManageNetworks {
    private final Networks networks;
    private final EndsUnderWay ends;
    private final EventBus events;

    ManageNetworks(Networks networks, EndsUnderWay ends, EventBus events) {
        this.networks = networks;
        this.ends = ends;
        this.events = events;
    }

    public List<Network> list() {
        return networks.list();
    }

    /// @throws dev.carafe.base.NotFound `network x not found`
    public Network get(String nameOrId) {
        return networks.get(nameOrId);
    }

    /// @throws dev.carafe.base.AlreadyExists when the name is taken
    /// @throws dev.carafe.base.InvalidArgument for addresses that do not fit together
    /// @throws PermissionDenied when its subnet overlaps another's
    public Network create(CreateNetwork wanted) {
        Network made = networks.create(wanted);
        publish("create", made);
        return made;
    }

    /// @throws dev.carafe.base.NotFound `network x not found`
    /// @throws PermissionDenied for a predefined one, or with running containers on it
    public void remove(String nameOrId) {
        Network network = networks.get(nameOrId);
        ends.await();
        networks.remove(network.id());
        if (!network.configuration().only()) {
            publish("destroy", network);
        }
    }

    /// Removes networks that no running container is on.
    ///
    /// @return their names
    public List<String> prune(Predicate<Network> wanted) {
        List<String> removed = new ArrayList<>();
        ends.await();
        for (Network network : networks.list()) {
            if (isPrunable(network) && wanted.test(network)) {
                try {
                    remove(network.id());
                    removed.add(network.name());
                } catch (PermissionDenied e) {
                    // somebody has joined it meanwhile
                    continue;
                }
            }
        }
        events.publish(new Event("network", "prune", "", Map.of("reclaimed", "0"), Instant.now()));
        return removed;
    }

    private boolean isPrunable(Network network) {
        return !network.predefined()
                && !network.configuration().only()
                && networks.endpoints(network.id()).isEmpty();
    }

    private void publish(String action, Network network) {
        events.publish(
                new Event(
                        "network",
                        action,
                        network.id(),
                        Map.of("name", network.name(), "type", network.driver()),
                        Instant.now()));
    }
}
