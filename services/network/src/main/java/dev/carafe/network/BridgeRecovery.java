package dev.carafe.network;

import dev.carafe.base.CarafeException;
import dev.carafe.linux.ErrnoException;
import dev.carafe.network.BridgeSetup.Active;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Brings bridges, addresses, ports and rules back after a restart, as live containers have them.
/// Used by one thread, while nobody else uses the same.
///
/// @param active is filled with the networks in use
record BridgeRecovery(
        HostKernel kernel,
        NetworkOptions options,
        Map<String, ActiveBridge> active,
        PublishedPorts ports) {
    private static final System.Logger LOG = System.getLogger(BridgeRecovery.class.getName());

    /// Takes over what live containers have, in one transaction, and drops the rest.
    ///
    /// @param keep is given networks with what was chosen for them
    void run(
            List<AttachmentRecord> live,
            Map<String, NetworkRecord> networks,
            Consumer<NetworkRecord> keep) {
        Set<String> devices =
                live.stream()
                        .flatMap(a -> a.endpoints().stream())
                        .map(Endpoint::device)
                        .collect(Collectors.toSet());
        kernel.driver().unplugAllBut(devices);
        if (networks.isEmpty()) {
            dropRules(kernel, options);
            return;
        }
        HostView host = kernel.setup().look();
        kernel.setup().dropAbandoned(host);
        for (NetworkRecord network : networks.values()) {
            recover(network, host, keep);
        }
        List<Published> published = new ArrayList<>();
        for (AttachmentRecord record : live) {
            published.addAll(restore(record, host));
        }
        active.values().forEach(up -> up.forward(options));
        if (options.firewall()) {
            kernel.firewall().restore(zones(), published, passages(live));
        }
        // after the rules, which are to have what they can lead
        live.forEach(record -> ports.relayAgain(record.ports(), Ways.of(record.endpoints())));
    }

    private Set<Passage> passages(List<AttachmentRecord> live) {
        return options.interContainer() ? Set.of() : Passage.of(live);
    }

    private List<Zone> zones() {
        return active.values().stream()
                .filter(up -> up.network().isBridge())
                .map(ActiveBridge::zone)
                .toList();
    }

    private void recover(NetworkRecord network, HostView host, Consumer<NetworkRecord> keep) {
        try {
            Active bridge =
                    network.isBridge()
                            ? kernel.setup().activate(network, List.of(), host)
                            : kernel.subDevices().activate(network, List.of(), host);
            keep.accept(bridge.network());
            active.put(network.id(), ActiveBridge.of(bridge, options));
        } catch (CarafeException | ErrnoException e) {
            // one network's trouble must not keep the others, and the engine, from coming back
            LOG.log(Level.WARNING, "cannot restore the network " + network.name(), e);
        }
    }

    /// Ours, if there are any.
    static void dropRules(HostKernel kernel, NetworkOptions options) {
        if (!options.firewall()) {
            return;
        }
        try {
            kernel.firewall().delete();
        } catch (ErrnoException e) {
            // without the right to it, or without nf_tables, there are no rules of ours
            LOG.log(Level.DEBUG, "cannot look for old rules", e);
        }
    }

    private List<Published> restore(AttachmentRecord record, HostView host) {
        Ways ways = Ways.of(record.endpoints());
        for (Endpoint endpoint : record.endpoints()) {
            if (!endpoint.isAddressed() || !active.containsKey(endpoint.networkId())) {
                continue;
            }
            try {
                restore(endpoint, host);
            } catch (CarafeException | ErrnoException e) {
                // one container's trouble must not keep the others, and the engine, from coming
                // back
                LOG.log(Level.WARNING, "cannot restore the network of " + record.containerId(), e);
            }
        }
        ports.restore(record.ports());
        if (ways.isEmpty() || record.ports().isEmpty()) {
            return List.of();
        }
        ways.v4().map(way -> active.get(way.networkId())).ifPresent(ActiveBridge::allowLocalhost);
        return Published.of(record.ports(), ways);
    }

    private void restore(Endpoint endpoint, HostView host) {
        ActiveBridge inUse = Objects.requireNonNull(active.get(endpoint.networkId()));
        inUse.reserve(endpoint);
        host.link(endpoint.device())
                .filter(link -> link.master() != inUse.bridge().index())
                .ifPresent(link -> kernel.driver().rejoin(link.name(), inUse.bridge()));
    }
}
