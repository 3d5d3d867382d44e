package dev.carafe.linux.netlink;

import java.net.Inet4Address;
import java.net.InetAddress;

/// Messages for addresses and routes of both families: RTM_NEWADDR, RTM_NEWROUTE (rtnetlink(7)).
public final class AddressMessages {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    private static final int RTM_NEWADDR = 20;
    private static final int RTM_NEWROUTE = 24;
    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;
    private static final int IFA_BROADCAST = 4;
    private static final int IFA_F_NODAD = 2;
    private static final int RT_SCOPE_UNIVERSE = 0;
    private static final int RT_SCOPE_LINK = 253;
    private static final int RTA_OIF = 4;
    private static final int RTA_GATEWAY = 5;
    private static final int RTPROT_BOOT = 3;

    private AddressMessages() {}

    static int family(InetAddress address) {
        return address instanceof Inet4Address ? AF_INET : AF_INET6;
    }

    /// Gives a device an address; done already counts as done. An IPv6 address is usable at once:
    /// nobody is asked whether he has it.
    public static Message add(int linkIndex, InetAddress address, int prefixLength) {
        return add(linkIndex, address, prefixLength, RT_SCOPE_UNIVERSE);
    }

    /// The same, for an address that means something on this link only.
    public static Message addLinkLocal(int linkIndex, InetAddress address, int prefixLength) {
        return add(linkIndex, address, prefixLength, RT_SCOPE_LINK);
    }

    private static Message add(int linkIndex, InetAddress address, int prefixLength, int scope) {
        boolean four = address instanceof Inet4Address;
        byte[] bytes = address.getAddress();
        MessageWriter out =
                Message.of(
                                "add address " + address.getHostAddress(),
                                RTM_NEWADDR,
                                Message.NLM_F_CREATE | Message.NLM_F_REPLACE)
                        .u8(family(address))
                        .u8(prefixLength)
                        .u8(four ? 0 : IFA_F_NODAD)
                        .u8(scope)
                        .u32(linkIndex)
                        .attribute(IFA_LOCAL, bytes)
                        .attribute(IFA_ADDRESS, bytes);
        // both addresses of a /31 are hosts' (RFC 3021)
        if (four && prefixLength < 31) {
            out.attribute(IFA_BROADCAST, last(bytes, prefixLength));
        }
        return out.build();
    }

    private static byte[] last(byte[] address, int prefixLength) {
        byte[] last = address.clone();
        for (int bit = prefixLength; bit < last.length * 8; bit++) {
            last[bit / 8] |= (byte) (0x80 >> bit % 8);
        }
        return last;
    }

    /// The default route of the main table.
    public static Message defaultRoute(int linkIndex, InetAddress gateway) {
        return Message.of(
                        "add default route by " + gateway.getHostAddress(),
                        RTM_NEWROUTE,
                        Message.NLM_F_CREATE | Message.NLM_F_REPLACE)
                .u8(family(gateway))
                .u8(0)
                .u8(0)
                .u8(0)
                .u8(Route.RT_TABLE_MAIN)
                .u8(RTPROT_BOOT)
                .u8(0)
                .u8(Route.RTN_UNICAST)
                .u32(0)
                .attribute(RTA_GATEWAY, gateway.getAddress())
                .attributeU32(RTA_OIF, linkIndex)
                .build();
    }

    /// The default route of the main table, straight out of a device.
    public static Message defaultRoute(int linkIndex, boolean six) {
        return Message.of(
                        "add default route by device " + linkIndex,
                        RTM_NEWROUTE,
                        Message.NLM_F_CREATE | Message.NLM_F_REPLACE)
                .u8(six ? AF_INET6 : AF_INET)
                .u8(0)
                .u8(0)
                .u8(0)
                .u8(Route.RT_TABLE_MAIN)
                .u8(RTPROT_BOOT)
                .u8(six ? RT_SCOPE_UNIVERSE : RT_SCOPE_LINK)
                .u8(Route.RTN_UNICAST)
                .u32(0)
                .attributeU32(RTA_OIF, linkIndex)
                .build();
    }
}
