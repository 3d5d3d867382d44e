package dev.carafe.network;

import dev.carafe.network.BridgeSetup.Active;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A bridge network as the rules see it.
///
/// @param ranges its addresses, at most one range of each family
/// @param interContainer its containers reach each other
/// @param internal no way out and none in
/// @param trusted devices of the host from which all ports of its containers are reached
record Zone(
        String bridge,
        List<Range> ranges,
        boolean interContainer,
        boolean internal,
        List<String> trusted) {
    /// @param masquerade the world sees the host's address
    record Range(Subnet subnet, GatewayMode mode, boolean masquerade) {}

    static Zone of(Active bridge, NetworkOptions options) {
        NetworkRecord network = bridge.network();
        boolean standard = network.name().equals("bridge");
        boolean masquerade =
                network.flag("enable_ip_masquerade", !standard || options.masquerade())
                        && !network.internal();
        String device = network.bridge();
        return new Zone(
                device == null ? "" : device,
                bridge.places().stream()
                        .map(p -> range(p, network.mode(p.family()), masquerade))
                        .toList(),
                network.flag("enable_icc", !standard || options.interContainer()),
                network.internal(),
                Stream.of(network.option("trusted_host_interfaces", "").split(":"))
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    private static Range range(Place place, GatewayMode mode, boolean masquerade) {
        return new Range(place.subnet(), mode, masquerade && mode.translates());
    }

    Optional<Range> range(IpFamily family) {
        return ranges.stream().filter(r -> r.subnet().family() == family).findFirst();
    }
}
