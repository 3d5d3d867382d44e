package dev.carafe.engine;

import dev.carafe.engine.config.EndpointSettings;
import dev.carafe.engine.container.Containers;
import dev.carafe.engine.container.NetworkChanges;

/// Puts an existing container on a network, or takes it off. Engine API POST /networks/{id}/connect
/// and /networks/{id}/disconnect.
public final class ConnectNetwork {
    private final Containers containers;
    private final NetworkChanges changes;

    ConnectNetwork(Containers containers, NetworkChanges changes) {
        this.containers = containers;
        this.changes = changes;
    }

    /// @param network name or id
    /// @throws dev.carafe.base.NotFound no such container, no such network
    /// @throws dev.carafe.base.InvalidArgument not with this network, or not with these settings
    /// @throws dev.carafe.base.PermissionDenied it runs and is on the network
    public void connect(String network, String container, EndpointSettings settings) {
        changes.connect(containers.get(container), network, settings);
    }

    /// @throws dev.carafe.base.NotFound no such container, no such network
    /// @throws dev.carafe.base.Internal it is not on the network
    public void disconnect(String network, String container) {
        changes.disconnect(containers.get(container), network);
    }
}
