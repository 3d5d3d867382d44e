package dev.carafe.network;

import static dev.carafe.linux.netlink.NfSet.Type.INET_PROTOCOL;
import static dev.carafe.linux.netlink.NfSet.Type.INET_SERVICE;
import static dev.carafe.linux.netlink.NfSet.Type.INTERFACE_NAME;
import static dev.carafe.linux.netlink.NfSet.Type.IPV4_ADDRESS;
import static dev.carafe.linux.netlink.NfSet.Type.IPV6_ADDRESS;

import dev.carafe.linux.netlink.Message;
import dev.carafe.linux.netlink.NfData;
import dev.carafe.linux.netlink.NfElement;
import dev.carafe.linux.netlink.NfSet;
import dev.carafe.linux.netlink.NfTables;
import dev.carafe.linux.netlink.NfTables.Hook;
import dev.carafe.linux.netlink.Rule;
import dev.carafe.network.Zone.Range;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/// The table of one family: its rules, which never change, and what networks and ports are in it.
final class RuleTable {
    private static final int PRIORITY_RAW = -300;
    private static final int PRIORITY_DSTNAT = -100;
    private static final int PRIORITY_FILTER = 0;
    private static final int PRIORITY_SRCNAT = 100;

    private static final InetAddress LOOPBACK6 = InetAddress.ofLiteral("::1");

    private static final NfSet BRIDGES = NfSet.set("bridges", INTERFACE_NAME);

    /// Pairs of devices where all may pass: a bridge twice when its containers may reach each other
    /// (rules can't compare two names), a trusted device and a bridge.
    private static final NfSet ALLOWED = NfSet.set("allowed", INTERFACE_NAME, INTERFACE_NAME);

    private static final NfSet INTERNAL = NfSet.set("internal", INTERFACE_NAME);

    /// Bridges whose containers are reached at all ports.
    private static final NfSet OPEN = NfSet.set("open", INTERFACE_NAME);

    /// Bridges whose containers are reached at their own addresses.
    private static final NfSet ROUTED = NfSet.set("routed", INTERFACE_NAME);

    final NfTables table;
    private final IpFamily family;
    private final NfSet subnets;
    private final NfSet masqueraded;
    private final NfSet ports;
    private final NfSet addressPorts;
    private final NfSet routedPorts;

    /// Who reaches which port of whom where containers are kept apart.
    private final NfSet passages;

    /// The first register after an address.
    private final int afterAddress;

    RuleTable(IpFamily family, String name) {
        this.family = family;
        table = new NfTables(family.rules, name);
        NfSet.Type address = family == IpFamily.V4 ? IPV4_ADDRESS : IPV6_ADDRESS;
        afterAddress = family == IpFamily.V4 ? 1 : 4;
        subnets = NfSet.intervals("subnets", address);
        masqueraded = NfSet.intervals("masqueraded", address);
        List<NfSet.Type> target = List.of(address, INET_SERVICE);
        ports = NfSet.map("ports", List.of(INET_PROTOCOL, INET_SERVICE), target);
        passages = NfSet.set("passages", address, address, INET_PROTOCOL, INET_SERVICE);
        List<NfSet.Type> full = List.of(address, INET_PROTOCOL, INET_SERVICE);
        addressPorts = NfSet.map("address-ports", full, target);
        routedPorts = NfSet.set("routed-ports", address, INET_PROTOCOL, INET_SERVICE);
    }

    /// The table with its rules, in place of what there is.
    List<Message> make() {
        List<NfSet> sets =
                List.of(
                        BRIDGES,
                        ALLOWED,
                        INTERNAL,
                        OPEN,
                        ROUTED,
                        subnets,
                        masqueraded,
                        ports,
                        addressPorts,
                        routedPorts,
                        passages);
        List<Message> all = new ArrayList<>();
        all.add(table.addTable());
        all.add(table.deleteTable());
        all.add(table.addTable());
        for (NfSet set : sets) {
            all.add(table.addSet(set, sets.indexOf(set) + 1));
        }
        all.add(table.addChain("guard", "filter", Hook.PREROUTING, PRIORITY_RAW));
        all.add(table.addChain("prerouting", "nat", Hook.PREROUTING, PRIORITY_DSTNAT));
        all.add(table.addChain("output", "nat", Hook.OUTPUT, PRIORITY_DSTNAT));
        all.add(table.addChain("forward", "filter", Hook.FORWARD, PRIORITY_FILTER));
        all.add(table.addChain("postrouting", "nat", Hook.POSTROUTING, PRIORITY_SRCNAT));
        all.add(table.addChain("published"));
        all.add(table.addChain("to-bridge"));
        if (family == IpFamily.V4) {
            guardLoopback(all);
        } else {
            // the kernel sends nothing from ::1 out of a device, whatever it is translated to, and
            // nothing from a link-local address to another link: that is for the relay, or refused
            all.add(rule("output", new Rule().to(LOOPBACK6).accept()));
            all.add(rule("prerouting", new Rule().fromLinkLocal().accept()));
            all.add(rule("output", new Rule().fromLinkLocal().accept()));
        }
        redirect(all);
        filter(all);
        translateSources(all);
        return all;
    }

    /// IPv4 only: the kernel itself never lets ::1 pass a device.
    private void guardLoopback(List<Message> all) {
        // route_localnet lets 127.0.0.0/8 pass the bridges; nothing on them may use that itself
        all.add(rule("guard", new Rule().inputName(0).in(BRIDGES, 0).toLoopback().drop()));
        all.add(rule("guard", new Rule().inputName(0).in(BRIDGES, 0).fromLoopback().drop()));
        // from outside nobody reaches a port published on 127.0.0.1
        all.add(rule("prerouting", new Rule().toLoopback().accept()));
    }

    private void redirect(List<Message> all) {
        all.add(rule("prerouting", new Rule().toThisHost(true).jump("published")));
        all.add(rule("output", new Rule().toThisHost(true).jump("published")));
        all.add(
                rule(
                        "published",
                        new Rule()
                                .destination(family.rules, 0)
                                .transportProtocol(afterAddress)
                                .destinationPort(afterAddress + 1)
                                .lookUp(addressPorts, 0, 0)
                                .destinationNat(family.rules, 0, afterAddress)));
        all.add(
                rule(
                        "published",
                        new Rule()
                                .transportProtocol(0)
                                .destinationPort(1)
                                .lookUp(ports, 0, 0)
                                .destinationNat(family.rules, 0, afterAddress)));
    }

    private void filter(List<Message> all) {
        all.add(rule("forward", new Rule().outputName(0).in(BRIDGES, 0).jump("to-bridge")));
        all.add(rule("forward", new Rule().inputName(0).in(INTERNAL, 0).drop()));
        all.add(rule("to-bridge", new Rule().inputName(0).outputName(4).in(ALLOWED, 0).accept()));
        all.add(rule("to-bridge", new Rule().inputName(0).in(INTERNAL, 0).drop()));
        all.add(rule("to-bridge", new Rule().outputName(0).in(INTERNAL, 0).drop()));
        all.add(rule("to-bridge", new Rule().established().accept()));
        all.add(rule("to-bridge", new Rule().redirected().accept()));
        all.add(
                rule(
                        "to-bridge",
                        new Rule()
                                .source(family.rules, 0)
                                .destination(family.rules, afterAddress)
                                .transportProtocol(2 * afterAddress)
                                .destinationPort(2 * afterAddress + 1)
                                .in(passages, 0)
                                .accept()));
        all.add(
                rule(
                        "to-bridge",
                        new Rule()
                                .destination(family.rules, 0)
                                .transportProtocol(afterAddress)
                                .destinationPort(afterAddress + 1)
                                .in(routedPorts, 0)
                                .accept()));
        all.add(
                rule(
                        "to-bridge",
                        new Rule()
                                .transport(family.icmp)
                                .outputName(0)
                                .in(ROUTED, 0)
                                .inputName(0)
                                .notIn(BRIDGES, 0)
                                .accept()));
        all.add(
                rule(
                        "to-bridge",
                        new Rule()
                                .outputName(0)
                                .in(OPEN, 0)
                                .inputName(0)
                                .notIn(BRIDGES, 0)
                                .accept()));
        all.add(rule("to-bridge", new Rule().drop()));
    }

    private void translateSources(List<Message> all) {
        // a container that comes in by the host's address, or the host by 127.0.0.1: the answer
        // must come back through the host, and to an address that means the host there
        all.add(
                rule(
                        "postrouting",
                        new Rule()
                                .outputName(0)
                                .in(BRIDGES, 0)
                                .redirected()
                                .source(family.rules, 0)
                                .in(subnets, 0)
                                .masquerade()));
        if (family == IpFamily.V4) {
            all.add(
                    rule(
                            "postrouting",
                            new Rule().outputName(0).in(BRIDGES, 0).fromLoopback().masquerade()));
        }
        all.add(
                rule(
                        "postrouting",
                        new Rule()
                                .source(family.rules, 0)
                                .in(masqueraded, 0)
                                .outputName(0)
                                .notIn(BRIDGES, 0)
                                .masquerade()));
    }

    private Message rule(String chain, Rule rule) {
        return table.addRule(chain, rule);
    }

    List<Message> add(Zone zone) {
        return elements(zone, table::addElements);
    }

    List<Message> remove(Zone zone) {
        return elements(zone, table::deleteElements);
    }

    /// Nothing when the zone has no addresses of the family.
    private List<Message> elements(Zone zone, BiFunction<NfSet, List<NfElement>, Message> change) {
        List<Message> messages = new ArrayList<>();
        zone.range(family).ifPresent(range -> elements(zone, range, change, messages));
        return messages;
    }

    private void elements(
            Zone zone,
            Range range,
            BiFunction<NfSet, List<NfElement>, Message> change,
            List<Message> messages) {
        List<NfElement> bridge =
                List.of(NfElement.of(NfData.of().interfaceName(zone.bridge()).bytes()));
        messages.add(change.apply(BRIDGES, bridge));
        List<NfElement> allowed = new ArrayList<>();
        if (zone.interContainer()) {
            allowed.add(pair(zone.bridge(), zone.bridge()));
        }
        zone.trusted().forEach(device -> allowed.add(pair(device, zone.bridge())));
        if (!allowed.isEmpty()) {
            messages.add(change.apply(ALLOWED, allowed));
        }
        if (zone.internal()) {
            messages.add(change.apply(INTERNAL, bridge));
        } else if (range.mode() == GatewayMode.NAT_UNPROTECTED) {
            messages.add(change.apply(OPEN, bridge));
        } else if (range.mode() == GatewayMode.ROUTED) {
            messages.add(change.apply(ROUTED, bridge));
        }
        messages.add(change.apply(subnets, interval(range.subnet())));
        if (range.masquerade()) {
            messages.add(change.apply(masqueraded, interval(range.subnet())));
        }
    }

    private static NfElement pair(String in, String out) {
        return NfElement.of(NfData.of().interfaceName(in).interfaceName(out).bytes());
    }

    private static List<NfElement> interval(Subnet subnet) {
        InetAddress end = Addresses.plus(subnet.last(), BigInteger.ONE);
        return List.of(
                NfElement.of(NfData.of().address(subnet.address()).bytes()),
                NfElement.end(NfData.of().address(end).bytes()));
    }

    Message add(Set<Passage> some) {
        return table.addElements(passages, some.stream().map(RuleTable::element).toList());
    }

    Message remove(Set<Passage> some) {
        return table.deleteElements(passages, some.stream().map(RuleTable::element).toList());
    }

    private static NfElement element(Passage passage) {
        return NfElement.of(
                NfData.of()
                        .address(passage.from())
                        .address(passage.to())
                        .protocol(passage.protocol().number)
                        .port(passage.port())
                        .bytes());
    }

    Message add(Published port) {
        return table.addElements(setOf(port), List.of(element(port)));
    }

    Message remove(Published port) {
        return table.deleteElements(setOf(port), List.of(element(port)));
    }

    private NfSet setOf(Published port) {
        if (port.isDirect()) {
            return routedPorts;
        }
        return HostPorts.keyOf(port.binding()).address().isAnyLocalAddress() ? ports : addressPorts;
    }

    private static NfElement element(Published port) {
        HostPorts.Key key = HostPorts.keyOf(port.binding());
        int container = port.binding().containerPort();
        NfData from = NfData.of();
        if (port.isDirect()) {
            from.address(port.address()).protocol(key.protocol().number).port(container);
            return NfElement.of(from.bytes());
        }
        if (!key.address().isAnyLocalAddress()) {
            from.address(key.address());
        }
        return NfElement.of(
                from.protocol(key.protocol().number).port(key.port()).bytes(),
                NfData.of().address(port.address()).port(container).bytes());
    }
}
