package dev.carafe.network;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Sysctls;
import dev.carafe.linux.netlink.AddressMessages;
import dev.carafe.linux.netlink.Link;
import dev.carafe.linux.netlink.LinkMessages;
import dev.carafe.linux.netlink.LinkMessages.Veth;
import dev.carafe.linux.netlink.Message;
import dev.carafe.linux.netlink.NetlinkSocket;
import dev.carafe.linux.netlink.RtNetlink;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// The kernel's side of an endpoint on a bridge: a pair of devices, one end a port of the bridge,
/// the other `eth0` in the container's network namespace.
final class BridgeDriver {
    static final String CONTAINER_DEVICE = "eth0";

    private static final System.Logger LOG = System.getLogger(BridgeDriver.class.getName());

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

    /// @param index of the bridge
    /// @param isolated reaches the bridge's own address only
    /// @param published has published ports, and may reach them itself by the host's address. Where
    ///   bridges call the IP rules (br_netfilter), that packet leaves by the port that it came in
    ///   by
    record Plug(int index, int mtu, Endpoint endpoint, boolean isolated, boolean published) {}

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
    /// @param defaultRoute leads through it
    void plug(NetlinkSocket inside, Plug plug, String found, boolean defaultRoute) {
        Endpoint endpoint = plug.endpoint();
        List<Message> outside = new ArrayList<>();
        outside.add(LinkMessages.join(endpoint.device(), plug.index(), plug.mtu()));
        if (plug.isolated() || plug.published()) {
            outside.add(
                    LinkMessages.portFlags(endpoint.device(), plug.isolated(), plug.published()));
        }
        socket.run(outside);
        int index = indexOf(inside, found);
        List<Message> messages = new ArrayList<>();
        if (!found.equals(endpoint.interfaceName())) {
            messages.add(LinkMessages.rename(index, endpoint.interfaceName()));
        }
        messages.add(LinkMessages.up(index, MacAddress.parse(endpoint.macAddress()), plug.mtu()));
        messages.add(
                AddressMessages.add(
                        index, Subnet.parseAddress(endpoint.ipAddress()), endpoint.prefixLength()));
        if (defaultRoute) {
            messages.add(
                    AddressMessages.defaultRoute(index, Subnet.parseAddress(endpoint.gateway())));
        }
        inside.run(messages);
    }

    /// Leads the default route through an endpoint.
    static void route(NetlinkSocket inside, Endpoint endpoint) {
        inside.run(
                AddressMessages.defaultRoute(
                        indexOf(inside, endpoint.interfaceName()),
                        Subnet.parseAddress(endpoint.gateway())));
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

    /// The host forwards packets between its devices.
    static void enableForwarding() {
        setOnHost("net.ipv4.ip_forward", "1");
    }

    /// Packets from 127.0.0.1 may go out through the bridge, for ports reached by the host itself;
    /// the rules keep everybody else from using that.
    static void allowLocalhost(String bridge) {
        setOnHost("net/ipv4/conf/" + bridge + "/route_localnet", "1");
    }

    private static void setOnHost(String name, String value) {
        try {
            if (!Sysctls.get(name).orElse("").equals(value)) {
                Sysctls.set(name, value);
            }
        } catch (ErrnoException e) {
            // a read-only /proc/sys: the administrator's choice, and much works without
            LOG.log(Level.WARNING, "cannot set " + name + " to " + value + ": " + e.getMessage());
        }
    }
}
