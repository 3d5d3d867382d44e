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
import dev.carafe.linux.netlink.NfTables.Family;
import dev.carafe.linux.netlink.Rule;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Leads 127.0.0.11 port 53 of a network namespace to the ports that the name server has there. The
/// table's name tells them, so that a later daemon can take the same.
///
/// While no daemon lives nobody has those ports, and the kernel would say so to who asks: programs
/// take that for an answer. It is kept from them, so that they wait and ask again, as for any
/// server that is slow.
record PortRedirection(String table, int udpPort, int tcpPort) {
    private static final String PREFIX = "carafe-dns";
    private static final Pattern NAME = Pattern.compile(PREFIX + "-(\\d{1,5})-(\\d{1,5})");
    private static final InetAddress ADDRESS = InetAddress.ofLiteral("127.0.0.11");
    private static final int DNS = 53;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int PRIORITY_DSTNAT = -100;
    private static final int PRIORITY_FILTER = 0;
    private static final int UNREACHABLE = 3;
    private static final NfSet PORTS =
            NfSet.map(
                    "ports",
                    List.of(INET_PROTOCOL, INET_SERVICE),
                    List.of(IPV4_ADDRESS, INET_SERVICE));

    static PortRedirection of(int udpPort, int tcpPort) {
        return new PortRedirection(PREFIX + "-" + udpPort + "-" + tcpPort, udpPort, tcpPort);
    }

    /// That of an earlier daemon; one that tells no ports has ports 0.
    ///
    /// @param netfilter a socket of the namespace
    static Optional<PortRedirection> find(NetlinkSocket netfilter) {
        return NfTables.names(netfilter, Family.IP).stream()
                .filter(n -> n.startsWith(PREFIX))
                .map(PortRedirection::parse)
                .findFirst();
    }

    private static PortRedirection parse(String table) {
        Matcher parts = NAME.matcher(table);
        return parts.matches()
                ? new PortRedirection(
                        table, Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)))
                : new PortRedirection(table, 0, 0);
    }

    /// @param earlier is replaced
    void install(NetlinkSocket netfilter, Optional<PortRedirection> earlier) {
        List<Message> all = new ArrayList<>();
        // a removal waits for every processor of the machine
        earlier.ifPresent(e -> all.add(new NfTables(e.table).deleteTable()));
        NfTables made = new NfTables(table);
        all.add(made.addTable());
        all.add(made.addSet(PORTS, 1));
        all.add(made.addChain("output", "nat", NfTables.Hook.OUTPUT, PRIORITY_DSTNAT));
        all.add(
                made.addRule(
                        "output",
                        new Rule()
                                .to(ADDRESS)
                                .transportProtocol(0)
                                .destinationPort(1)
                                .lookUp(PORTS, 0, 0)
                                .destinationNat(Family.IP, 0, 1)));
        all.add(made.addChain("patience", "filter", NfTables.Hook.OUTPUT, PRIORITY_FILTER));
        all.add(made.addRule("patience", new Rule().from(ADDRESS).icmp(UNREACHABLE).drop()));
        all.add(made.addElements(PORTS, List.of(lead(UDP, udpPort), lead(TCP, tcpPort))));
        netfilter.transaction(NfTables.SUBSYSTEM, all);
    }

    private static NfElement lead(int protocol, int port) {
        return NfElement.of(
                NfData.of().protocol(protocol).port(DNS).bytes(),
                NfData.of().address(ADDRESS).port(port).bytes());
    }
}
