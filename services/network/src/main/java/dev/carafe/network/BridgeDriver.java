package dev.carafe.network;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Namespaces;
import dev.carafe.linux.Sysctls;
import dev.carafe.linux.netlink.AddressMessages;
import dev.carafe.linux.netlink.Link;
import dev.carafe.linux.netlink.LinkMessages;
import dev.carafe.linux.netlink.LinkMessages.Veth;
import dev.carafe.linux.netlink.Message;
import dev.carafe.linux.netlink.NetlinkSocket;
import dev.carafe.linux.netlink.RtNetlink;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// The kernel's side of an endpoint on a bridge: a pair of devices, one end a port of the bridge,
/// the other `eth0` in the container's network namespace.
final class BridgeDriver {
    static final String CONTAINER_DEVICE = "eth0";

    private static final int DEFAULT_MTU = 1500;

    private final NetlinkSocket socket;
    private final RtNetlink route;
    private final String devicePrefix;

    /// @param engine four characters that no other engine's devices on the host begin with (after
    ///   `cv`)
    BridgeDriver(NetlinkSocket socket, String engine) {
        this.socket = socket;
        this.route = new RtNetlink(socket);
        this.devicePrefix = "cv" + engine;
    }

    /// A device name that was never used: that of a removed pair stays taken until its namespace is
    /// reaped.
    private String newDeviceName() {
        return devicePrefix + String.format("%08x", ThreadLocalRandom.current().nextInt());
    }

    /// @param kind driver of the network
    /// @param index of the bridge
    /// @param isolated reaches the bridge's own address only
    /// @param published has published ports, and may reach them itself by the host's address. Where
    ///   bridges call the IP rules (br_netfilter), that packet leaves by the port that it came in
    ///   by
    record Plug(
            String kind,
            int index,
            int mtu,
            Endpoint endpoint,
            boolean isolated,
            boolean published) {}

    /// Makes a pair: the given name in the namespace, the other end at the host, both down.
    ///
    /// @return the host's end
    String wire(Fd netns, String inside) {
        String device = newDeviceName();
        socket.run(
                LinkMessages.createVeth(
                        new Veth(device, 0, DEFAULT_MTU, inside, null, netns.number())));
        return device;
    }

    /// Two exchanges with the kernel: the host's end becomes a port of the bridge, then everything
    /// inside the namespace.
    ///
    /// @param inside a socket of the namespace
    /// @param found the name that the device has there now; it gets that of the endpoint
    /// @param ways the default routes of the container
    void plug(NetlinkSocket inside, Plug plug, String found, Ways ways) {
        Endpoint endpoint = plug.endpoint();
        if (!endpoint.device().isEmpty()) {
            plugOutside(plug);
        }
        int index = indexOf(inside, found);
        List<Message> messages = new ArrayList<>();
        if (!found.equals(endpoint.interfaceName())) {
            messages.add(LinkMessages.rename(index, endpoint.interfaceName()));
        }
        messages.add(
                plug.kind().equals("ipvlan")
                        ? LinkMessages.upWith(index, plug.mtu())
                        : LinkMessages.up(
                                index, MacAddress.parse(endpoint.macAddress()), plug.mtu()));
        for (IpFamily family : IpFamily.values()) {
            endpoint.address(family)
                    .ifPresent(a ->
                            messages.add(
                                    AddressMessages.add(index, a, endpoint.prefixLength(family))));
        }
        for (String further : endpoint.linkLocal()) {
            messages.add(linkLocal(index, further));
        }
        for (IpFamily family : IpFamily.values()) {
            if (ways.of(family).filter(endpoint::equals).isPresent()) {
                endpoint.gateway(family).ifPresent(g -> messages.add(defaultRoute(index, g)));
            }
        }
        inside.run(messages);
    }

    private void plugOutside(Plug plug) {
        String device = plug.endpoint().device();
        List<Message> outside = new ArrayList<>();
        outside.add(LinkMessages.join(device, plug.index(), plug.mtu()));
        if (plug.isolated() || plug.published()) {
            outside.add(LinkMessages.portFlags(device, plug.isolated(), plug.published()));
        }
        socket.run(outside);
    }

    private static Message linkLocal(int index, String text) {
        InetAddress address = Addresses.parse(text);
        boolean four = IpFamily.of(address) == IpFamily.V4;
        return AddressMessages.addLinkLocal(index, address, four ? 16 : 64);
    }

    /// Leads the default route of a family through an endpoint.
    static void route(NetlinkSocket inside, Endpoint endpoint, IpFamily family) {
        endpoint.gateway(family)
                .ifPresent(gateway ->
                        inside.run(
                                defaultRoute(indexOf(inside, endpoint.interfaceName()), gateway)));
    }

    private static Message defaultRoute(int index, InetAddress gateway) {
        return gateway.isAnyLocalAddress()
                ? AddressMessages.defaultRoute(index, IpFamily.of(gateway) == IpFamily.V6)
                : AddressMessages.defaultRoute(index, gateway);
    }

    /// A device in the container gets IPv6, which is switched off for those without addresses; it
    /// does not wait to learn whether somebody else has them.
    static void allowSix(Fd netns, String device) {
        Namespaces.inNetns(
                netns,
                () -> {
                    String conf = "net/ipv6/conf/" + device + "/";
                    Sysctls.set(conf + "accept_dad", "0");
                    Sysctls.set(conf + "disable_ipv6", "0");
                    return true;
                });
    }

    private static int indexOf(NetlinkSocket inside, String name) {
        return new RtNetlink(inside)
                .link(name)
                .map(Link::index)
                .orElseThrow(() -> new ErrnoException("find", Errno.ENODEV, name));
    }

    /// Sets whether an endpoint may reach its own published ports.
    void hairpin(String device, boolean isolated, boolean published) {
        socket.run(LinkMessages.portFlags(device, isolated, published));
    }

    /// Removes the pair; it may be gone with its namespace.
    void unplug(String device) {
        remove(socket, device);
    }

    /// Removes a device; it may be gone.
    static void remove(NetlinkSocket socket, String device) {
        try {
            socket.run(LinkMessages.delete(device));
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENODEV) {
                throw e;
            }
        }
    }

    /// Removes this engine's devices that are none of these.
    void unplugAllBut(Set<String> devices) {
        for (Link link : route.links()) {
            if (link.name().startsWith(devicePrefix)
                    && link.kind().equals("veth")
                    && !devices.contains(link.name())) {
                unplug(link.name());
            }
        }
    }

    /// Makes a living container's device a port of its bridge, which was made anew.
    void rejoin(String device, BridgeSetup.Active bridge) {
        socket.run(LinkMessages.join(device, bridge.index(), bridge.mtu()));
    }
}
