package dev.carafe.network;

import dev.carafe.base.InvalidArgument;
import org.jspecify.annotations.Nullable;

/// The daemon's settings for the network `bridge`, docker's `daemon.json` keys in brackets. What is
/// null is chosen here.
///
/// @param name of the device [bridge], or null: `carafe0`, or the next free number when another
///   engine has that; `none`: there is no such network
/// @param address with prefix length, `172.17.0.1/16` [bip]
/// @param range the part of the subnet that containers get addresses of [fixed-cidr]; without
///   address the subnet as well
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

    private static final String NONE = "none";

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
        checkRange("fixed-cidr", range, "bip", address);
        checkRange("fixed-cidr-v6", range6, "bip6", address6);
    }

    private static void checkRange(
            String rangeKey, @Nullable String range, String key, @Nullable String address) {
        if (range != null
                && address != null
                && !Subnet.around(address).contains(Subnet.around(range))) {
            throw new InvalidArgument(
                    "%s=%s is outside of %s=%s".formatted(rangeKey, range, key, address));
        }
    }

    /// There is to be no such network.
    boolean isNone() {
        return NONE.equals(name);
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
