package dev.carafe.engine.view;

import dev.carafe.engine.config.EndpointSettings;
import dev.carafe.network.Endpoint;

/// A container's place in one network.
///
/// @param networkId empty while not running, as address, gateway, mac and endpoint id; before the
///   first start the mac is the one that was asked for
/// @param ip6Address empty without IPv6, as its gateway
/// @param settings as asked by the client
public record NetworkAttachment(
        String networkId,
        String endpointId,
        String ipAddress,
        int prefixLength,
        String gateway,
        String ip6Address,
        int ip6PrefixLength,
        String ip6Gateway,
        String macAddress,
        EndpointSettings settings) {
    /// Of a container that was never started.
    public static NetworkAttachment planned(EndpointSettings settings) {
        String mac = settings.macAddress();
        return new NetworkAttachment(
                "", "", "", 0, "", "", 0, "", mac == null ? "" : mac, settings);
    }

    /// Of a container that does not run any more.
    ///
    /// @param networkId that it was on, or empty
    public static NetworkAttachment without(String networkId, EndpointSettings settings) {
        return new NetworkAttachment(networkId, "", "", 0, "", "", 0, "", "", settings);
    }

    public static NetworkAttachment of(Endpoint e, EndpointSettings settings) {
        return new NetworkAttachment(
                e.networkId(),
                e.endpointId(),
                e.ipAddress(),
                e.prefixLength(),
                e.shownGateway(),
                e.ip6Address(),
                e.ip6PrefixLength(),
                e.shownIp6Gateway(),
                e.macAddress(),
                settings);
    }
}
