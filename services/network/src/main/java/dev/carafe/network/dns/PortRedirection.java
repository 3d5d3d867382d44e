package dev.carafe.network.dns;

import static dev.carafe.linux.netlink.NfSet.Type.INET_PROTOCOL;
import static dev.carafe.linux.netlink.NfSet.Type.INET_SERVICE;
import static dev.carafe.linux.netlink.NfSet.Type.IPV4_ADDRESS;

import dev.carafe.linux.netlink.Message;
import dev.carafe.linux.netlink.NetlinkSocket;
import dev.carafe.linux.netlink.NfData;
import dev.carafe.linux.netlink.NfElement;
import dev.carafe.linux.netlink.NfSet;
import dev.carafe.linux.netlink.NfTables;
import dev.carafe.linux.netlink.Rule;
import java.util.ArrayList;
import java.util.List;

/// Leads 127.0.0.11 port 53 of a network namespace to the ports that the name server has there.
final class PortRedirection {
    private static final NfTables TABLE = new NfTables("carafe-dns");
    private static final int ADDRESS = 127 << 24 | 11;
    private static final int DNS = 53;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int PRIORITY_DSTNAT = -100;
    private static final NfSet PORTS =
            NfSet.map(
                    "ports",
                    List.of(INET_PROTOCOL, INET_SERVICE),
                    List.of(IPV4_ADDRESS, INET_SERVICE));

    private PortRedirection() {}

    /// In the calling thread's network namespace; in place of an earlier daemon's.
    static void install(int udpPort, int tcpPort) {
        try (NetlinkSocket netfilter = NetlinkSocket.netfilter()) {
            List<Message> all = new ArrayList<>();
            // a removal waits for every processor of the machine
            if (TABLE.exists(netfilter)) {
                all.add(TABLE.deleteTable());
            }
            all.add(TABLE.addTable());
            all.add(TABLE.addSet(PORTS, 1));
            all.add(TABLE.addChain("output", "nat", NfTables.Hook.OUTPUT, PRIORITY_DSTNAT));
            all.add(
                    TABLE.addRule(
                            "output",
                            new Rule()
                                    .to(ADDRESS)
                                    .transportProtocol(0)
                                    .destinationPort(1)
                                    .lookUp(PORTS, 0, 0)
                                    .destinationNat(0, 1)));
            all.add(TABLE.addElements(PORTS, List.of(lead(UDP, udpPort), lead(TCP, tcpPort))));
            netfilter.transaction(NfTables.SUBSYSTEM, all);
        }
    }

    private static NfElement lead(int protocol, int port) {
        return NfElement.of(
                NfData.of().protocol(protocol).port(DNS).bytes(),
                NfData.of().address(ADDRESS).port(port).bytes());
    }
}
