package dev.carafe.dockerapi.wire;

import static dev.carafe.dockerapi.wire.Wire.nullIfEmpty;

import dev.carafe.base.InvalidArgument;
import dev.carafe.dockerapi.http.ApiVersion;
import dev.carafe.dockermodel.ConfigReference;
import dev.carafe.dockermodel.IpamPool;
import dev.carafe.dockermodel.NetworkCreateRequest;
import dev.carafe.dockermodel.NetworkEndpoint;
import dev.carafe.dockermodel.NetworkIpam;
import dev.carafe.dockermodel.NetworkResource;
import dev.carafe.network.CreateNetwork;
import dev.carafe.network.Network;
import java.util.List;
import java.util.Map;
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
        w.enableIPv4 = version.atLeast(48) ? Boolean.TRUE : null;
        w.enableIPv6 = false;
        w.ipam = ipam(n);
        w.internal = n.internal();
        w.attachable = n.attachable();
        w.ingress = false;
        w.configFrom = new ConfigReference("");
        w.configOnly = false;
        w.containers = containers == null ? Map.of() : containers;
        w.options = n.options();
        w.labels = n.labels();
        return w;
    }

    /// The body of `POST /networks/create`.
    ///
    /// @throws InvalidArgument no name
    public static CreateNetwork read(NetworkCreateRequest r) {
        if (Wire.text(r.name).isBlank()) {
            throw new InvalidArgument("invalid network name: name is empty");
        }
        List<IpamPool> pools = r.ipam == null ? List.of() : Wire.list(r.ipam.config());
        return new CreateNetwork(
                Wire.text(r.name),
                Wire.text(r.driver).isEmpty() ? "bridge" : Wire.text(r.driver),
                Wire.flag(r.internal),
                Wire.flag(r.attachable),
                pools.stream()
                        .map(p ->
                                new Network.Ipam(
                                        Wire.text(p.subnet()),
                                        nullIfEmpty(p.ipRange()),
                                        Wire.text(p.gateway())))
                        .toList(),
                Wire.map(r.options),
                Wire.map(r.labels));
    }

    private static NetworkIpam ipam(Network n) {
        List<IpamPool> pools =
                n.ipam().stream()
                        .map(i ->
                                new IpamPool(
                                        i.subnet(),
                                        nullIfEmpty(i.ipRange()),
                                        nullIfEmpty(i.gateway()),
                                        null))
                        .toList();
        return new NetworkIpam("default", null, pools);
    }
}
