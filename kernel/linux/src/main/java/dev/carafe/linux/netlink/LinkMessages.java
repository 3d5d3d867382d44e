package dev.carafe.linux.netlink;

import dev.carafe.linux.Fd;
import org.jspecify.annotations.Nullable;

/// Messages that make, change and remove devices: RTM_NEWLINK, RTM_DELLINK (rtnetlink(7),
/// linux/if_link.h).
public final class LinkMessages {
    static final int IFLA_ADDRESS = 1;
    static final int IFLA_IFNAME = 3;
    static final int IFLA_MTU = 4;
    static final int IFLA_LINK = 5;
    static final int IFLA_MASTER = 10;
    static final int IFLA_LINKINFO = 18;
    static final int IFLA_IFALIAS = 20;
    static final int IFLA_NET_NS_FD = 28;
    static final int IFLA_EXT_MASK = 29;
    static final int RTEXT_FILTER_SKIP_STATS = 8;
    static final int IFLA_INFO_KIND = 1;

    private static final int RTM_NEWLINK = 16;
    private static final int RTM_DELLINK = 17;
    private static final int IFLA_INFO_DATA = 2;
    private static final int IFLA_VLAN_ID = 1;
    private static final int IFLA_INFO_SLAVE_KIND = 4;
    private static final int IFLA_INFO_SLAVE_DATA = 5;
    private static final int IFLA_BRPORT_MODE = 4;
    private static final int IFLA_BRPORT_ISOLATED = 33;
    private static final int VETH_INFO_PEER = 1;
    private static final int MODE = 1;
    private static final int IPVLAN_FLAGS = 2;
    private static final int CREATE = Message.NLM_F_CREATE | Message.NLM_F_EXCL;

    private LinkMessages() {}

    /// A pair of connected devices.
    ///
    /// @param name of the end in the socket's namespace; unique: a name stays taken until a dead
    ///   namespace is reaped
    /// @param master index of the bridge that this end joins, or 0
    /// @param mtu of both ends in bytes
    /// @param peerName of the other end
    /// @param peerMac its 6 bytes
    /// @param peerNetns descriptor number of its namespace
    public record Veth(
            String name,
            int master,
            int mtu,
            String peerName,
            byte @Nullable [] peerMac,
            int peerNetns) {}

    static MessageWriter header(
            String label, int type, int flags, int index, int ifFlags, int change) {
        return Message.of(label, type, flags)
                .u8(0)
                .u8(0)
                .u16(0)
                .u32(index)
                .u32(ifFlags)
                .u32(change);
    }

    public static Message createBridge(String name, byte[] mac, int mtu) {
        return header("create bridge " + name, RTM_NEWLINK, CREATE, 0, 0, 0)
                .text(IFLA_IFNAME, name)
                .attributeU32(IFLA_MTU, mtu)
                .attribute(IFLA_ADDRESS, mac)
                .nested(IFLA_LINKINFO, info -> info.text(IFLA_INFO_KIND, "bridge"))
                .build();
    }

    /// Makes the pair. With a master the near end comes up as a port of it. The far end is down: a
    /// peer created up fails with ENOTCONN.
    public static Message createVeth(Veth veth) {
        int flags = veth.master() == 0 ? 0 : Link.IFF_UP;
        MessageWriter out =
                header("create veth " + veth.name(), RTM_NEWLINK, CREATE, 0, flags, flags)
                        .text(IFLA_IFNAME, veth.name())
                        .attributeU32(IFLA_MTU, veth.mtu());
        if (veth.master() != 0) {
            out.attributeU32(IFLA_MASTER, veth.master());
        }
        return out.nested(
                        IFLA_LINKINFO,
                        info ->
                                info.text(IFLA_INFO_KIND, "veth")
                                        .nested(
                                                IFLA_INFO_DATA,
                                                data ->
                                                        data.nested(
                                                                VETH_INFO_PEER,
                                                                peer -> peer(peer, veth))))
                .build();
    }

    private static void peer(MessageWriter out, Veth veth) {
        // struct ifinfomsg first, then attributes
        out.u32(0).u32(0).u32(0).u32(0);
        out.text(IFLA_IFNAME, veth.peerName()).attributeU32(IFLA_MTU, veth.mtu());
        byte[] mac = veth.peerMac();
        if (mac != null) {
            out.attribute(IFLA_ADDRESS, mac);
        }
        out.attributeU32(IFLA_NET_NS_FD, veth.peerNetns());
    }

    /// A device on top of another.
    ///
    /// @param kind `macvlan` or `ipvlan`
    /// @param name of the device in its namespace
    /// @param parent index of the other, in the socket's namespace
    /// @param mode of the kind: MACVLAN_MODE_*, IPVLAN_MODE_*
    /// @param flags of ipvlan: IPVLAN_F_*
    /// @param netns descriptor number of its namespace
    public record SubDevice(String kind, String name, int parent, int mode, int flags, int netns) {}

    /// @return fails with EOPNOTSUPP where the kernel has no such kind
    public static Message createSubDevice(SubDevice device) {
        boolean macvlan = device.kind().equals("macvlan");
        return header("create " + device.kind() + " " + device.name(), RTM_NEWLINK, CREATE, 0, 0, 0)
                .text(IFLA_IFNAME, device.name())
                .attributeU32(IFLA_LINK, device.parent())
                .attributeU32(IFLA_NET_NS_FD, device.netns())
                .nested(
                        IFLA_LINKINFO,
                        info ->
                                info.text(IFLA_INFO_KIND, device.kind())
                                        .nested(
                                                IFLA_INFO_DATA,
                                                data -> {
                                                    if (macvlan) {
                                                        data.attributeU32(MODE, device.mode());
                                                    } else {
                                                        data.attributeU16(MODE, device.mode())
                                                                .attributeU16(
                                                                        IPVLAN_FLAGS,
                                                                        device.flags());
                                                    }
                                                }))
                .build();
    }

    /// Makes an 802.1Q device on another.
    ///
    /// @param netns where; null: here
    /// @return fails with EOPNOTSUPP where the kernel has none
    public static Message createVlan(String name, int base, int id, @Nullable Fd netns) {
        MessageWriter out =
                header("create vlan " + name, RTM_NEWLINK, CREATE, 0, 0, 0)
                        .text(IFLA_IFNAME, name)
                        .attributeU32(IFLA_LINK, base);
        if (netns != null) {
            out.attributeU32(IFLA_NET_NS_FD, netns.number());
        }
        return out.nested(
                        IFLA_LINKINFO,
                        info ->
                                info.text(IFLA_INFO_KIND, "vlan")
                                        .nested(
                                                IFLA_INFO_DATA,
                                                data -> data.attributeU16(IFLA_VLAN_ID, id)))
                .build();
    }

    /// Sets a device up with the hardware address that it has.
    public static Message upWith(int index, int mtu) {
        return header(
                        "set device " + index + " up",
                        RTM_NEWLINK,
                        0,
                        index,
                        Link.IFF_UP,
                        Link.IFF_UP)
                .attributeU32(IFLA_MTU, mtu)
                .build();
    }

    /// Gives a device that is down a hardware address and sets it up.
    public static Message up(int index, byte[] mac, int mtu) {
        return header(
                        "set device " + index + " up",
                        RTM_NEWLINK,
                        0,
                        index,
                        Link.IFF_UP,
                        Link.IFF_UP)
                .attribute(IFLA_ADDRESS, mac)
                .attributeU32(IFLA_MTU, mtu)
                .build();
    }

    /// Gives a device that is down another name.
    public static Message rename(int index, String name) {
        return header("rename device " + index + " to " + name, RTM_NEWLINK, 0, index, 0, 0)
                .text(IFLA_IFNAME, name)
                .build();
    }

    public static Message up(int index) {
        return header(
                        "set device " + index + " up",
                        RTM_NEWLINK,
                        0,
                        index,
                        Link.IFF_UP,
                        Link.IFF_UP)
                .build();
    }

    /// Sets IFLA_IFALIAS, a text that says whose it is.
    public static Message aliasByName(String name, String text) {
        return header("name the owner of " + name, RTM_NEWLINK, 0, 0, 0, 0)
                .text(IFLA_IFNAME, name)
                .text(IFLA_IFALIAS, text)
                .build();
    }

    /// Makes a device a port of the bridge with that index, and sets it up.
    public static Message join(String name, int master, int mtu) {
        return header("add " + name + " to bridge", RTM_NEWLINK, 0, 0, Link.IFF_UP, Link.IFF_UP)
                .text(IFLA_IFNAME, name)
                .attributeU32(IFLA_MTU, mtu)
                .attributeU32(IFLA_MASTER, master)
                .build();
    }

    /// Sets how a device behaves as a port of its bridge.
    ///
    /// @param isolated reaches the bridge's own address and ports that are not isolated, nothing
    ///   else (since Linux 4.18)
    /// @param hairpin frames may go back out where they came in
    public static Message portFlags(String name, boolean isolated, boolean hairpin) {
        return header("set bridge port " + name, RTM_NEWLINK, 0, 0, 0, 0)
                .text(IFLA_IFNAME, name)
                .nested(
                        IFLA_LINKINFO,
                        info ->
                                info.text(IFLA_INFO_SLAVE_KIND, "bridge")
                                        .nested(
                                                IFLA_INFO_SLAVE_DATA,
                                                data ->
                                                        data.attributeU8(
                                                                        IFLA_BRPORT_MODE,
                                                                        hairpin ? 1 : 0)
                                                                .attributeU8(
                                                                        IFLA_BRPORT_ISOLATED,
                                                                        isolated ? 1 : 0)))
                .build();
    }

    public static Message delete(String name) {
        return header("delete device " + name, RTM_DELLINK, 0, 0, 0, 0)
                .text(IFLA_IFNAME, name)
                .build();
    }
}
