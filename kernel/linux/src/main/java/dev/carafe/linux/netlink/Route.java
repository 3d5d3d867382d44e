package dev.carafe.linux.netlink;

import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A route.
///
/// @param six of IPv6
/// @param destination null for the default route
/// @param prefixLength 0 for the default route
/// @param gateway null for none
/// @param linkIndex device, 0 for none (unreachable, several next hops)
/// @param type RTN_UNICAST (1), RTN_LOCAL (2), ...
public record Route(
        boolean six,
        @Nullable InetAddress destination,
        int prefixLength,
        @Nullable InetAddress gateway,
        int linkIndex,
        int table,
        int type) {
    public static final int RT_TABLE_MAIN = 254;
    public static final int RTN_UNICAST = 1;

    private static final int RTA_DST = 1;
    private static final int RTA_OIF = 4;
    private static final int RTA_GATEWAY = 5;
    private static final int RTA_TABLE = 15;

    /// Empty for other families than IPv4 and IPv6.
    static Optional<Route> parse(Reply reply) {
        byte[] body = reply.body();
        int family = body[0];
        if (family != AddressMessages.AF_INET && family != AddressMessages.AF_INET6) {
            return Optional.empty();
        }
        Attributes attributes = Attributes.parse(body, 12);
        return Optional.of(
                new Route(
                        family == AddressMessages.AF_INET6,
                        attributes.address(RTA_DST).orElse(null),
                        Byte.toUnsignedInt(body[1]),
                        attributes.address(RTA_GATEWAY).orElse(null),
                        attributes.u32(RTA_OIF, 0),
                        attributes.u32(RTA_TABLE, Byte.toUnsignedInt(body[4])),
                        body[7]));
    }

    /// A default route of the main table.
    public boolean isDefault() {
        return prefixLength == 0 && table == RT_TABLE_MAIN;
    }
}
