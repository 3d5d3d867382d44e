package dev.carafe.network;

import dev.carafe.linux.netlink.ConnTrack;
import dev.carafe.linux.netlink.ConnTrack.Flow;
import dev.carafe.linux.netlink.InterfaceAddress;
import dev.carafe.linux.netlink.NetlinkSocket;
import dev.carafe.linux.netlink.RtNetlink;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Makes changes of published UDP ports count for clients that go on sending: to the kernel their
/// datagrams belong to an old connection, which new rules do not touch.
final class UdpFlows {
    private final ConnTrack connections;
    private final RtNetlink route;

    UdpFlows(NetlinkSocket route, NetlinkSocket netfilter) {
        this.route = new RtNetlink(route);
        this.connections = new ConnTrack(netfilter);
    }

    /// A port was published: forgets connections to it that the host itself was to answer.
    void forgetBefore(List<Published> ports) {
        List<Published> udp = udp(ports);
        if (!udp.isEmpty()) {
            Set<InetAddress> own =
                    route.addresses().stream()
                            .map(InterfaceAddress::address)
                            .collect(Collectors.toSet());
            forget(flow ->
                    own.contains(flow.answering()) && udp.stream().anyMatch(p -> isTo(flow, p)));
        }
    }

    /// A port was withdrawn: forgets connections by it to the container.
    void forgetAfter(List<Published> ports) {
        List<Published> udp = udp(ports);
        if (!udp.isEmpty()) {
            forget(flow ->
                    udp.stream()
                            .anyMatch(p -> flow.answering().equals(p.address()) && isTo(flow, p)));
        }
    }

    private static List<Published> udp(List<Published> ports) {
        return ports.stream().filter(p -> p.binding().protocol().equals("udp")).toList();
    }

    private static boolean isTo(Flow flow, Published port) {
        return flow.protocol() == Protocol.UDP.number
                && flow.destinationPort() == port.binding().hostPort();
    }

    private void forget(Predicate<Flow> which) {
        connections.flows().stream().filter(which).forEach(connections::forget);
    }
}
