package dev.carafe.dockerapi.wire;

import static dev.carafe.dockerapi.wire.Wire.nullIfEmpty;

import dev.carafe.base.Ids;
import dev.carafe.dockerapi.http.ApiVersion;
import dev.carafe.dockermodel.EndpointIpam;
import dev.carafe.dockermodel.EndpointSettings;
import dev.carafe.dockermodel.NetworkSettings;
import dev.carafe.dockermodel.PortBinding;
import dev.carafe.engine.view.ContainerView;
import dev.carafe.engine.view.NetworkAttachment;
import dev.carafe.engine.view.PublishedPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A container's networks and ports.
final class EndpointWire {
    private EndpointWire() {}

    /// The `NetworkSettings` object of inspect.
    static NetworkSettings settings(ContainerView c, ApiVersion version) {
        NetworkSettings n = new NetworkSettings();
        n.sandboxId = c.sandboxId();
        n.sandboxKey =
                c.sandboxId().isEmpty()
                        ? ""
                        : "/var/run/docker/netns/" + Ids.shortId(c.sandboxId());
        n.ports = ports(c);
        n.networks = networks(c, version);
        legacy(n, c.networks().get("bridge"));
        return n;
    }

    /// What clients before API 1.52 read beside `Networks`: the default bridge's.
    private static void legacy(NetworkSettings n, @Nullable NetworkAttachment bridge) {
        n.bridge = "";
        n.hairpinMode = false;
        n.linkLocalIpv6Address = "";
        n.linkLocalIpv6PrefixLen = 0;
        n.globalIpv6Address = bridge == null ? "" : bridge.ip6Address();
        n.globalIpv6PrefixLen = bridge == null ? 0 : bridge.ip6PrefixLength();
        n.ipv6Gateway = bridge == null ? "" : bridge.ip6Gateway();
        n.endpointId = bridge == null ? "" : bridge.endpointId();
        n.gateway = bridge == null ? "" : bridge.gateway();
        n.ipAddress = bridge == null ? "" : bridge.ipAddress();
        n.ipPrefixLen = bridge == null ? 0 : bridge.prefixLength();
        n.macAddress = bridge == null ? "" : bridge.macAddress();
    }

    /// Published ports with where, exposed ones with null; empty while the container does not run
    /// or has no addresses, as Docker's.
    private static Map<String, @Nullable List<PortBinding>> ports(ContainerView c) {
        Map<String, @Nullable List<PortBinding>> ports = new TreeMap<>();
        if (!c.state().isRunning()) {
            return ports;
        }
        for (PublishedPort p : c.ports()) {
            String key = p.containerPort() + "/" + p.protocol();
            List<PortBinding> bindings = ports.get(key);
            if (bindings == null) {
                bindings = new ArrayList<>();
                ports.put(key, bindings);
            }
            // without one the container is reached at its own address
            String hostPort = p.hostPort() == 0 ? "" : Integer.toString(p.hostPort());
            bindings.add(new PortBinding(p.hostIp(), hostPort));
        }
        c.exposedPorts().stream()
                .filter(key -> !ports.containsKey(key))
                .forEach(key -> ports.put(key, null));
        return ports;
    }

    static Map<String, EndpointSettings> networks(ContainerView c, ApiVersion version) {
        Map<String, EndpointSettings> networks = new TreeMap<>();
        c.networks()
                .forEach((name, attachment) ->
                        networks.put(name, endpoint(c, name, attachment, version)));
        return networks;
    }

    private static EndpointSettings endpoint(
            ContainerView c, String network, NetworkAttachment a, ApiVersion v) {
        var asked = a.settings();
        EndpointSettings e = new EndpointSettings();
        boolean address = asked.ipv4Address() != null || asked.ipv6Address() != null;
        e.ipamConfig =
                address || !asked.linkLocalIps().isEmpty()
                        ? new EndpointIpam(
                                asked.ipv4Address(),
                                asked.ipv6Address(),
                                nullIfEmpty(asked.linkLocalIps()))
                        : null;
        e.links = nullIfEmpty(asked.links());
        e.aliases = nullIfEmpty(aliases(c, network, asked.aliases(), v));
        e.macAddress = a.macAddress();
        e.driverOpts = nullIfEmpty(asked.driverOptions());
        e.gwPriority = asked.gatewayPriority();
        e.networkId = a.networkId();
        e.endpointId = a.endpointId();
        e.gateway = a.gateway();
        e.ipAddress = a.ipAddress();
        e.ipPrefixLen = a.prefixLength();
        e.ipv6Gateway = a.ip6Gateway();
        e.globalIpv6Address = a.ip6Address();
        e.globalIpv6PrefixLen = a.ip6PrefixLength();
        e.dnsNames = nullIfEmpty(predefined(network) ? List.of() : names(c, asked.aliases()));
        return e;
    }

    static boolean predefined(String network) {
        return network.equals("bridge") || network.equals("host") || network.equals("none");
    }

    /// Until 1.45 the short id counted as an alias in networks that have names.
    private static List<String> aliases(
            ContainerView c, String network, List<String> asked, ApiVersion v) {
        if (v.atLeast(45) || predefined(network)) {
            return asked;
        }
        List<String> all = new ArrayList<>(asked);
        addNew(all, Ids.shortId(c.id()));
        addNew(all, c.config().hostname());
        return all;
    }

    private static List<String> names(ContainerView c, List<String> aliases) {
        List<String> all = new ArrayList<>(List.of(c.name()));
        aliases.forEach(alias -> addNew(all, alias));
        addNew(all, Ids.shortId(c.id()));
        addNew(all, c.config().hostname());
        return all;
    }

    private static void addNew(List<String> names, String name) {
        if (!name.isEmpty() && !names.contains(name)) {
            names.add(name);
        }
    }
}
