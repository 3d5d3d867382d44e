package dev.carafe.network;

import dev.carafe.base.InvalidArgument;

/// How containers of a network meet the world beyond the host, for one family
/// (`com.docker.network.bridge.gateway_mode_ipv4` and `_ipv6`).
enum GatewayMode {
    /// With the host's address; the world reaches published ports at the host.
    NAT,
    /// As nat, and the world reaches all their ports at their own addresses.
    NAT_UNPROTECTED,
    /// With their own addresses, at which the world reaches published ports.
    ROUTED,
    /// Not at all: the bridge has no address either. For internal networks.
    ISOLATED;

    static final String OPTION = "gateway_mode_";

    /// @throws InvalidArgument another word
    static GatewayMode parse(String text) {
        return switch (text) {
            case "", "nat" -> NAT;
            case "nat-unprotected" -> NAT_UNPROTECTED;
            case "routed" -> ROUTED;
            case "isolated" -> ISOLATED;
            default -> throw new InvalidArgument("unknown gateway mode " + text);
        };
    }

    boolean translates() {
        return this == NAT || this == NAT_UNPROTECTED;
    }
}
