package dev.carafe.linux.netlink;

/// Messages for IPv4 addresses and routes: RTM_NEWADDR, RTM_NEWROUTE (rtnetlink(7)). Addresses are
/// ints, highest byte first.
public final class AddressMessages {
    private static final int RTM_NEWADDR = 20;
    private static final int RTM_NEWROUTE = 24;
    private static final int AF_INET = 2;
    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;
    private static final int IFA_BROADCAST = 4;
    private static final int RTA_OIF = 4;
    private static final int RTA_GATEWAY = 5;
    private static final int RTPROT_BOOT = 3;

    private AddressMessages() {}

    /// Gives a device an address; done already counts as done.
    public static Message add(int linkIndex, int address, int prefixLength) {
        int hostBits = prefixLength == 0 ? -1 : ~(-1 << (32 - prefixLength));
        return Message.of("add address", RTM_NEWADDR, Message.NLM_F_CREATE | Message.NLM_F_REPLACE)
                .u8(AF_INET)
                .u8(prefixLength)
                .u8(0)
                .u8(0)
                .u32(linkIndex)
                .attributeBe32(IFA_LOCAL, address)
                .attributeBe32(IFA_ADDRESS, address)
                .attributeBe32(IFA_BROADCAST, address | hostBits)
                .build();
    }

    /// The default route of the main table.
    public static Message defaultRoute(int linkIndex, int gateway) {
        return Message.of(
                        "add default route",
                        RTM_NEWROUTE,
                        Message.NLM_F_CREATE | Message.NLM_F_REPLACE)
                .u8(AF_INET)
                .u8(0)
                .u8(0)
                .u8(0)
                .u8(Route.RT_TABLE_MAIN)
                .u8(RTPROT_BOOT)
                .u8(0)
                .u8(Route.RTN_UNICAST)
                .u32(0)
                .attributeBe32(RTA_GATEWAY, gateway)
                .attributeU32(RTA_OIF, linkIndex)
                .build();
    }
}
