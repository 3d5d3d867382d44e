package dev.carafe.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.linux.Fd;
import dev.carafe.linux.Namespaces;
import dev.carafe.linux.netlink.AddressMessages;
import dev.carafe.linux.netlink.LinkMessages;
import dev.carafe.linux.netlink.LinkMessages.Veth;
import dev.carafe.linux.netlink.NetlinkSocket;
import dev.carafe.linux.netlink.RtNetlink;
import java.util.List;
import java.util.concurrent.Callable;

/// A host of its own for a test: a network namespace with one neighbour outside, 198.51.100.2
/// (2001:db8::2), that is also its router. The host has 198.51.100.1 (2001:db8::1). The machine's
/// own network is not touched.
final class TestHost implements AutoCloseable {
    static final String ADDRESS = "198.51.100.1";
    static final String OUTSIDE = "198.51.100.2";
    static final String ADDRESS6 = "2001:db8::1";

    /// That of the host on the link to its neighbour, by its hardware address.
    static final String LINK_LOCAL = "fe80::ff:fe00:1";

    static final String OUTSIDE6 = "2001:db8::2";

    final Fd outside;
    final RtNetlink route;
    private final NetlinkSocket socket;

    private TestHost(Fd outside, NetlinkSocket socket) {
        this.outside = outside;
        this.socket = socket;
        this.route = new RtNetlink(socket);
    }

    interface Work {
        void run(TestHost host) throws Exception;
    }

    /// Runs the work in a thread that is inside the host.
    static void run(Work work) {
        Namespaces.inNewNetns(() -> {
            try (TestHost host = make()) {
                work.run(host);
            }
            return true;
        });
    }

    private static TestHost make() {
        NetlinkSocket socket = NetlinkSocket.route();
        RtNetlink route = new RtNetlink(socket);
        Fd outside = Namespaces.newNetns();
        // as a port of a bridge, because every pair is made that way here
        socket.run(LinkMessages.createBridge("up0", new byte[] {2, 0, 0, 0, 0, 1}, 1500));
        int up0 = route.link("up0").orElseThrow().index();
        socket.run(
                LinkMessages.up(1),
                LinkMessages.up(up0),
                AddressMessages.add(up0, Addresses.parse(ADDRESS), 24),
                AddressMessages.add(up0, Addresses.parse(ADDRESS6), 64),
                LinkMessages.createVeth(
                        new Veth("wire", up0, 1500, "eth0", null, outside.number())),
                AddressMessages.defaultRoute(up0, Addresses.parse(OUTSIDE)));
        Namespaces.inNetns(
                outside,
                () -> {
                    try (NetlinkSocket inner = NetlinkSocket.route()) {
                        int eth0 = new RtNetlink(inner).link("eth0").orElseThrow().index();
                        inner.run(
                                LinkMessages.up(1),
                                LinkMessages.up(eth0),
                                AddressMessages.add(eth0, Addresses.parse(OUTSIDE), 24),
                                AddressMessages.defaultRoute(eth0, Addresses.parse(ADDRESS)),
                                AddressMessages.add(eth0, Addresses.parse(OUTSIDE6), 64),
                                AddressMessages.defaultRoute(eth0, Addresses.parse(ADDRESS6)));
                    }
                    return true;
                });
        return new TestHost(outside, socket);
    }

    /// A further address of IPv6.
    void add(int device, String address) {
        socket.run(AddressMessages.add(device, Addresses.parse(address), 64));
    }

    <T> T inside(Fd netns, Callable<T> work) {
        return Namespaces.inNetns(netns, work);
    }

    List<String> deviceNames() {
        return route.links().stream().map(l -> l.name()).sorted().toList();
    }

    /// Waits until exactly these devices are there.
    void awaitDevices(List<String> expected) throws InterruptedException {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!deviceNames().equals(expected) && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        assertThat(deviceNames()).isEqualTo(expected);
    }

    /// Waits until the bridge has that many ports.
    void awaitPorts(String bridge, long expected) throws InterruptedException {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (ports(bridge) != expected && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        assertThat(ports(bridge)).isEqualTo(expected);
    }

    private long ports(String bridge) {
        int index = route.link(bridge).orElseThrow().index();
        return route.links().stream().filter(l -> l.master() == index).count();
    }

    @Override
    public void close() {
        socket.close();
        outside.close();
    }
}
