package dev.carafe.linux.netlink;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import java.util.List;
import java.util.Optional;

/// Reads devices, addresses and routes of a network namespace (rtnetlink(7)). Changes are messages
/// of {@link LinkMessages} and {@link AddressMessages}, run on the socket.
public final class RtNetlink {
    private static final int RTM_GETLINK = 18;
    private static final int RTM_GETADDR = 22;
    private static final int RTM_GETROUTE = 26;
    private static final int AF_UNSPEC = 0;

    private final NetlinkSocket socket;

    public RtNetlink(NetlinkSocket socket) {
        this.socket = socket;
    }

    public List<Link> links() {
        Message get =
                LinkMessages.header("list devices", RTM_GETLINK, Message.NLM_F_DUMP, 0, 0, 0)
                        .attributeU32(
                                LinkMessages.IFLA_EXT_MASK, LinkMessages.RTEXT_FILTER_SKIP_STATS)
                        .build();
        return socket.ask(get).stream().map(Link::parse).toList();
    }

    public Optional<Link> link(String name) {
        Message get =
                LinkMessages.header("look up " + name, RTM_GETLINK, Message.NLM_F_ACK, 0, 0, 0)
                        .text(LinkMessages.IFLA_IFNAME, name)
                        .attributeU32(
                                LinkMessages.IFLA_EXT_MASK, LinkMessages.RTEXT_FILTER_SKIP_STATS)
                        .build();
        try {
            return socket.ask(get).stream().map(Link::parse).findFirst();
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENODEV) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// Addresses of all devices, of both families.
    public List<InterfaceAddress> addresses() {
        Message get =
                Message.of("list addresses", RTM_GETADDR, Message.NLM_F_DUMP)
                        .u8(AF_UNSPEC)
                        .u8(0)
                        .u16(0)
                        .u32(0)
                        .build();
        return socket.ask(get).stream()
                .map(InterfaceAddress::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    /// Routes of all tables, of both families.
    public List<Route> routes() {
        Message get =
                Message.of("list routes", RTM_GETROUTE, Message.NLM_F_DUMP)
                        .u8(AF_UNSPEC)
                        .u8(0)
                        .u16(0)
                        .u32(0)
                        .u32(0)
                        .build();
        return socket.ask(get).stream().map(Route::parse).flatMap(Optional::stream).toList();
    }
}
