package dev.carafe.network;

import org.jspecify.annotations.Nullable;

/// The daemon's settings for the network `bridge`, docker's `daemon.json` keys in brackets. What is
/// null is chosen here.
///
/// @param name of the device [bridge], or null: `carafe0`, or the next free number when another
///   engine has that
/// @param address with prefix length, `172.17.0.1/16` [bip]
/// @param range the part of the subnet that containers get addresses of [fixed-cidr]
/// @param gateway of containers, where it is not the device's address [default-gateway]
/// @param ipv6 containers have IPv6 addresses as well [ipv6]
/// @param address6 [bip6]
/// @param range6 [fixed-cidr-v6]; without address6 the subnet as well
/// @param gateway6 [default-gateway-v6]
public record DefaultBridge(
        @Nullable String name,
        @Nullable String address,
        @Nullable String range,
        @Nullable String gateway,
        boolean ipv6,
        @Nullable String address6,
        @Nullable String range6,
        @Nullable String gateway6) {
    /// All is chosen here.
    public static final DefaultBridge CHOSEN =
            new DefaultBridge(null, null, null, null, false, null, null, null);

    /// Checks what was set.
    public DefaultBridge {
        for (String subnet : new String[] {address, range, address6, range6}) {
            if (subnet != null) {
                Subnet.around(subnet);
            }
        }
        for (String single : new String[] {gateway, gateway6}) {
            if (single != null) {
                Addresses.parse(single);
            }
        }
    }

    DefaultBridge named(@Nullable String device, @Nullable String cidr) {
        return new DefaultBridge(device, cidr, range, gateway, ipv6, address6, range6, gateway6);
    }

    @Nullable String addressOf(IpFamily family) {
        return family == IpFamily.V4 ? address : address6;
    }

    @Nullable String rangeOf(IpFamily family) {
        return family == IpFamily.V4 ? range : range6;
    }

    @Nullable String gatewayOf(IpFamily family) {
        return family == IpFamily.V4 ? gateway : gateway6;
    }
}
