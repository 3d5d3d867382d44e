package dev.carafe.dockerapi.wire;

import static dev.carafe.dockerapi.wire.Wire.nullIfEmpty;

import dev.carafe.base.NotFound;
import dev.carafe.base.PermissionDenied;
import dev.carafe.base.Subject;
import dev.carafe.dockerapi.http.ApiVersion;
import dev.carafe.dockermodel.ConfigReference;
import dev.carafe.dockermodel.IpamPool;
import dev.carafe.dockermodel.NetworkCreateRequest;
import dev.carafe.dockermodel.NetworkEndpoint;
import dev.carafe.dockermodel.NetworkIpam;
import dev.carafe.dockermodel.NetworkResource;
import dev.carafe.network.Configuration;
import dev.carafe.network.CreateNetwork;
import dev.carafe.network.Network;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Networks as listed and inspected.
public final class NetworkWire {
    private NetworkWire() {}

    /// @param containers by id; null leaves them out, as lists do
    public static NetworkResource write(
            Network n, @Nullable Map<String, NetworkEndpoint> containers, ApiVersion version) {
        NetworkResource w = new NetworkResource();
        w.name = n.name();
        w.id = n.id();
        w.created = Times.nano(n.created());
        w.scope = "local";
        w.driver = n.driver();
        w.enableIPv4 = version.atLeast(48) ? n.ipv4() : null;
        w.enableIPv6 = n.ipv6();
        w.ipam = ipam(n);
        w.internal = n.internal();
        w.attachable = n.attachable();
        w.ingress = false;
        w.configFrom = new ConfigReference(n.configuration().from());
        w.configOnly = n.configuration().only();
        w.containers = containers == null ? Map.of() : containers;
        w.options = n.options();
        w.labels = n.labels();
        return w;
    }

    /// The body of `POST /networks/create`.
    ///
    /// @param version EnableIPv4 counts since 1.48
    /// @throws PermissionDenied for swarms, and fields that mere settings can't have
    /// @throws NotFound a plugin for addresses
    public static CreateNetwork read(NetworkCreateRequest r, ApiVersion version) {
        Configuration configuration = configuration(r);
        configuration.refuseOperators(!Wire.text(r.scope).isEmpty() || Wire.flag(r.ingress));
        refuseForeign(r);
        List<IpamPool> pools = r.ipam == null ? List.of() : Wire.list(r.ipam.config());
        return new CreateNetwork(
                Wire.text(r.name),
                Wire.text(r.driver).isEmpty() ? "bridge" : Wire.text(r.driver),
                Wire.flag(r.internal),
                Wire.flag(r.attachable),
                r.enableIPv6,
                version.atLeast(48) ? r.enableIPv4 : null,
                pools.stream()
                        .map(p ->
                                new Network.Ipam(
                                        Wire.text(p.subnet()),
                                        nullIfEmpty(p.ipRange()),
                                        Wire.text(p.gateway()),
                                        Wire.map(p.auxiliaryAddresses())))
                        .toList(),
                Wire.map(r.options),
                Wire.map(r.labels),
                configuration);
    }

    private static Configuration configuration(NetworkCreateRequest r) {
        String from = r.configFrom == null ? "" : Wire.text(r.configFrom.network());
        return new Configuration(Wire.flag(r.configOnly), from);
    }

    private static void refuseForeign(NetworkCreateRequest r) {
        String scope = Wire.text(r.scope);
        if (!scope.isEmpty() && !scope.equals("local") || Wire.flag(r.ingress)) {
            throw new PermissionDenied(
                    "This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm"
                            + " join\" to connect this node to swarm and try again.");
        }
        String driver = r.ipam == null ? "" : Wire.text(r.ipam.driver());
        if (!driver.isEmpty() && !driver.equals("default")) {
            throw new NotFound(
                    new Subject("plugin", driver), "plugin \"" + driver + "\" not found");
        }
    }

    private static NetworkIpam ipam(Network n) {
        List<IpamPool> pools =
                n.ipam().stream()
                        .map(i ->
                                new IpamPool(
                                        i.subnet(),
                                        nullIfEmpty(i.ipRange()),
                                        nullIfEmpty(i.gateway()),
                                        i.aux().isEmpty() ? null : new TreeMap<>(i.aux())))
                        .toList();
        return new NetworkIpam("default", null, pools);
    }
}
