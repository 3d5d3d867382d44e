package dev.carafe.linux.netlink;

/// An IPv4 route.
///
/// @param destination highest byte first; with prefix length 0 the default route
/// @param gateway 0 for none
/// @param linkIndex device, 0 for none (unreachable, several next hops)
/// @param type RTN_UNICAST (1), RTN_LOCAL (2), ...
public record Route(
        int destination, int prefixLength, int gateway, int linkIndex, int table, int type) {
    public static final int RT_TABLE_MAIN = 254;
    public static final int RTN_UNICAST = 1;

    private static final int RTA_DST = 1;
    private static final int RTA_OIF = 4;
    private static final int RTA_GATEWAY = 5;
    private static final int RTA_TABLE = 15;

    static Route parse(Reply reply) {
        byte[] body = reply.body();
        Attributes attributes = Attributes.parse(body, 12);
        return new Route(
                attributes.be32(RTA_DST, 0),
                Byte.toUnsignedInt(body[1]),
                attributes.be32(RTA_GATEWAY, 0),
                attributes.u32(RTA_OIF, 0),
                attributes.u32(RTA_TABLE, Byte.toUnsignedInt(body[4])),
                body[7]);
    }
}
