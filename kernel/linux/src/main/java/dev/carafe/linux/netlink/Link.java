package dev.carafe.linux.netlink;

import java.nio.ByteBuffer;

/// A network device.
///
/// @param flags IFF_UP and others
/// @param master index of the bridge that it is a port of, 0 for none
/// @param kind `bridge`, `veth`, ... or empty for hardware
/// @param alias text set by whoever made it (IFLA_IFALIAS)
public record Link(
        int index, String name, int flags, int mtu, int master, String kind, String alias) {
    public static final int IFF_UP = 1;

    static Link parse(Reply reply) {
        ByteBuffer in = reply.buffer();
        Attributes attributes = Attributes.parse(reply.body(), 16);
        return new Link(
                in.getInt(4),
                attributes.text(LinkMessages.IFLA_IFNAME),
                in.getInt(8),
                attributes.u32(LinkMessages.IFLA_MTU, 0),
                attributes.u32(LinkMessages.IFLA_MASTER, 0),
                attributes.nested(LinkMessages.IFLA_LINKINFO).text(LinkMessages.IFLA_INFO_KIND),
                attributes.text(LinkMessages.IFLA_IFALIAS));
    }

    public boolean isUp() {
        return (flags & IFF_UP) != 0;
    }
}
