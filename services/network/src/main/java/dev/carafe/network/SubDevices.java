package dev.carafe.network;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotImplemented;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Namespaces;
import dev.carafe.linux.netlink.Link;
import dev.carafe.linux.netlink.LinkMessages;
import dev.carafe.linux.netlink.LinkMessages.SubDevice;
import dev.carafe.linux.netlink.LinkMessages.Veth;
import dev.carafe.linux.netlink.NetlinkSocket;
import dev.carafe.network.BridgeSetup.Active;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Networks of the drivers macvlan and ipvlan: each container has a device of its own on top of one
/// of the host's (`parent`), and is a neighbour of whoever is on that wire.
final class SubDevices {
    private static final String PARENT = "parent";
    private static final Map<String, Integer> MACVLAN =
            Map.of("private", 1, "vepa", 2, "bridge", 4, "passthru", 8);
    private static final Map<String, Integer> IPVLAN = Map.of("l2", 0, "l3", 1, "l3s", 2);
    private static final Map<String, Integer> IPVLAN_FLAGS =
            Map.of("bridge", 0, "private", 1, "vepa", 2);
    private static final int MTU = 1500;

    private final NetlinkSocket socket;
    private final Placement placement;
    private final BridgeOwner owner;

    SubDevices(NetlinkSocket socket, Placement placement, BridgeOwner owner) {
        this.socket = socket;
        this.placement = placement;
        this.owner = owner;
    }

    static boolean serves(String driver) {
        return driver.equals("macvlan") || driver.equals("ipvlan");
    }

    /// @throws InvalidArgument an unknown word
    static void check(String driver, Map<String, String> options) {
        mode(driver, options);
        flags(options);
    }

    private static int mode(String driver, Map<String, String> options) {
        boolean macvlan = driver.equals("macvlan");
        String text =
                options.getOrDefault(
                        macvlan ? "macvlan_mode" : "ipvlan_mode", macvlan ? "bridge" : "l2");
        Integer mode = (macvlan ? MACVLAN : IPVLAN).get(text);
        if (mode == null) {
            throw new InvalidArgument(
                    "requested %s mode '%s' is not valid, '%s' mode is the %s driver default"
                            .formatted(driver, text, macvlan ? "bridge" : "l2", driver));
        }
        return mode;
    }

    /// Whether packets leave such a network by its device, with no gateway: there is no link below
    /// that one could be on.
    static boolean isRouted(NetworkRecord network) {
        return network.driver().equals("ipvlan")
                && !network.options().getOrDefault("ipvlan_mode", "l2").equals("l2");
    }

    /// Whether containers of such a network have no way out, or one without a gateway's address.
    static boolean leadsNowhere(CreateNetwork wanted) {
        boolean routed =
                wanted.driver().equals("ipvlan")
                        && !wanted.options().getOrDefault("ipvlan_mode", "l2").equals("l2");
        return routed || wanted.internal() || wanted.options().getOrDefault(PARENT, "").isEmpty();
    }

    private static int flags(Map<String, String> options) {
        String text = options.getOrDefault("ipvlan_flag", "bridge");
        Integer flags = IPVLAN_FLAGS.get(text);
        if (flags == null) {
            throw new InvalidArgument(
                    "requested ipvlan flag '%s' is not valid, 'bridge' is the ipvlan driver default"
                            .formatted(text));
        }
        return flags;
    }

    /// The parent is there, and the kernel makes such devices on it: tried in a namespace that ends
    /// at once.
    void probe(NetworkRecord network, HostView host) {
        String name = network.options().getOrDefault(PARENT, "");
        if (name.isEmpty()) {
            return;
        }
        Optional<Link> there = host.link(name);
        Fd nowhere = Namespaces.newNetns();
        try (nowhere) {
            if (there.isPresent()) {
                make(network, there.get().index(), nowhere, BridgeDriver.CONTAINER_DEVICE);
            } else {
                tryVlan(name, host, nowhere);
            }
        } catch (ErrnoException e) {
            throw cannot(network, e);
        }
    }

    private void tryVlan(String name, HostView host, Fd netns) {
        VlanName vlan = VlanName.parse(name).orElseThrow(() -> noParent(name));
        Link base = host.link(vlan.base()).orElseThrow(() -> noParent(vlan.base()));
        try {
            socket.run(LinkMessages.createVlan(name, base.index(), vlan.id(), netns));
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EOPNOTSUPP) {
                throw missing("vlan", "VLAN_8021Q");
            }
            throw e;
        }
    }

    private static NotImplemented missing(String kind, String option) {
        return new NotImplemented(
                "the kernel has no %s devices (CONFIG_%s); use another driver"
                        .formatted(kind, option));
    }

    private static InvalidArgument noParent(String name) {
        return new InvalidArgument(
                "the parent interface %s does not exist on this host; make it first, or name another with -o parent"
                        .formatted(name));
    }

    private static RuntimeException cannot(NetworkRecord network, ErrnoException e) {
        if (e.errno() == Errno.EOPNOTSUPP) {
            return missing(network.driver(), network.driver().toUpperCase(Locale.ROOT));
        }
        return new InvalidArgument(
                "cannot put a %s device on %s: %s"
                        .formatted(network.driver(), network.options().get(PARENT), e.errorText()));
    }

    /// Idempotent. Without a parent the network gets one that leads nowhere.
    Active activate(NetworkRecord network, List<Subnet> others, HostView host) {
        List<Place> places = placement.of(network, -1, others, host);
        Link parent = parent(network, host);
        if (parent != null) {
            String ours = BridgeOwner.isOf(parent, network.id()) ? parent.name() : null;
            return new Active(
                    network.on(ours, false, places), parent.index(), parent.mtu(), places);
        }
        String name = nowhere(network);
        Link made = host.link(name).orElseGet(() -> makeNowhere(network, name, host));
        return new Active(network.on(name, false, places), made.index(), made.mtu(), places);
    }

    /// @return null when it names none
    private @Nullable Link parent(NetworkRecord network, HostView host) {
        String name = network.options().getOrDefault(PARENT, "");
        return name.isEmpty()
                ? null
                : host.link(name).orElseGet(() -> makeVlan(network, name, host));
    }

    /// Goes with the network, as docker's.
    private Link makeVlan(NetworkRecord network, String name, HostView host) {
        VlanName vlan = VlanName.parse(name).orElseThrow(() -> noParent(name));
        Link base = host.link(vlan.base()).orElseThrow(() -> noParent(vlan.base()));
        socket.run(
                LinkMessages.createVlan(name, base.index(), vlan.id(), null),
                LinkMessages.aliasByName(name, owner.mark(network.id())));
        host.forget();
        Link made = host.link(name).orElseThrow(() -> noParent(name));
        socket.run(LinkMessages.up(made.index()));
        return made;
    }

    private static String nowhere(NetworkRecord network) {
        return "dm-" + network.id().substring(0, 12);
    }

    /// One end of a pair whose other end nobody has: it has a carrier.
    private Link makeNowhere(NetworkRecord network, String name, HostView host) {
        String other = "dn-" + network.id().substring(0, 12);
        try (Fd here = Namespaces.current("net")) {
            socket.run(
                    LinkMessages.createVeth(new Veth(name, 0, MTU, other, null, here.number())),
                    LinkMessages.aliasByName(name, owner.mark(network.id())));
        }
        host.forget();
        for (String end : List.of(name, other)) {
            BridgeSysctls.prepare(end, false);
            Optional<Link> link = host.link(end);
            link.ifPresent(l -> socket.run(LinkMessages.up(l.index())));
        }
        return host.link(name).orElseThrow(() -> new InvalidArgument(name + " was removed"));
    }

    /// Makes a container's device.
    void make(NetworkRecord network, int parent, Fd netns, String name) {
        socket.run(
                LinkMessages.createSubDevice(
                        new SubDevice(
                                network.driver(),
                                name,
                                parent,
                                mode(network.driver(), network.options()),
                                flags(network.options()),
                                netns.number())));
    }
}
