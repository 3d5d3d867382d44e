package dev.carafe.network;

import static dev.carafe.linux.netlink.NfSet.Type.INET_PROTOCOL;
import static dev.carafe.linux.netlink.NfSet.Type.INET_SERVICE;
import static dev.carafe.linux.netlink.NfSet.Type.INTERFACE_NAME;
import static dev.carafe.linux.netlink.NfSet.Type.IPV4_ADDRESS;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.netlink.Message;
import dev.carafe.linux.netlink.NetlinkSocket;
import dev.carafe.linux.netlink.NfData;
import dev.carafe.linux.netlink.NfElement;
import dev.carafe.linux.netlink.NfSet;
import dev.carafe.linux.netlink.NfTables;
import dev.carafe.linux.netlink.NfTables.Hook;
import dev.carafe.linux.netlink.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// The rules of one engine: one nf_tables table of its own. The rules never change; networks and
/// published ports are elements of sets and maps, so that a packet's cost does not grow with their
/// number, and each change is one transaction.
///
/// An accept in this table never overrides a drop of the host's own tables. Thread-safe.
final class Firewall {
    private static final int PRIORITY_RAW = -300;
    private static final int PRIORITY_DSTNAT = -100;
    private static final int PRIORITY_FILTER = 0;
    private static final int PRIORITY_SRCNAT = 100;

    private static final NfSet BRIDGES = NfSet.set("bridges", INTERFACE_NAME);

    /// Bridges whose containers may reach each other, as pairs of equal names: rules can't compare
    /// two names.
    private static final NfSet WITHIN = NfSet.set("within", INTERFACE_NAME, INTERFACE_NAME);

    private static final NfSet INTERNAL = NfSet.set("internal", INTERFACE_NAME);
    private static final NfSet SUBNETS = NfSet.intervals("subnets", IPV4_ADDRESS);
    private static final NfSet MASQUERADED = NfSet.intervals("masqueraded", IPV4_ADDRESS);
    private static final NfSet PORTS =
            NfSet.map(
                    "ports",
                    List.of(INET_PROTOCOL, INET_SERVICE),
                    List.of(IPV4_ADDRESS, INET_SERVICE));
    private static final NfSet ADDRESS_PORTS =
            NfSet.map(
                    "address-ports",
                    List.of(IPV4_ADDRESS, INET_PROTOCOL, INET_SERVICE),
                    List.of(IPV4_ADDRESS, INET_SERVICE));
    private static final List<NfSet> SETS =
            List.of(BRIDGES, WITHIN, INTERNAL, SUBNETS, MASQUERADED, PORTS, ADDRESS_PORTS);

    /// A bridge network as the rules see it.
    ///
    /// @param internal no way out and none in
    record Zone(
            String bridge,
            Subnet subnet,
            boolean masquerade,
            boolean interContainer,
            boolean internal) {}

    /// A published port.
    ///
    /// @param address the container's
    record Published(PortBinding binding, int address) {}

    private final NetlinkSocket socket;
    private final NfTables table;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Zone> zones = new LinkedHashMap<>();
    private final Map<HostPorts.Key, Published> ports = new LinkedHashMap<>();
    private boolean present;

    Firewall(NetlinkSocket socket, String tableName) {
        this.socket = socket;
        this.table = new NfTables(tableName);
    }

    /// After a restart: makes the table hold this, in one transaction.
    void restore(List<Zone> allZones, List<Published> allPorts) {
        lock.lock();
        try {
            allZones.forEach(zone -> zones.put(zone.bridge(), zone));
            allPorts.forEach(port -> ports.put(HostPorts.keyOf(port.binding()), port));
            rebuild();
        } finally {
            lock.unlock();
        }
    }

    /// Makes the table with all that belongs in it, in place of what there is, in one transaction:
    /// no packet sees a state in between.
    private void rebuild() {
        List<Message> all = new ArrayList<>();
        all.add(table.addTable());
        all.add(table.deleteTable());
        all.add(table.addTable());
        for (NfSet set : SETS) {
            all.add(table.addSet(set, SETS.indexOf(set) + 1));
        }
        all.addAll(rules());
        zones.values().forEach(zone -> all.addAll(zoneElements(zone)));
        ports.values()
                .forEach(port -> all.add(table.addElements(mapOf(port), List.of(element(port)))));
        socket.transaction(NfTables.SUBSYSTEM, all);
        present = true;
    }

    /// Makes the table unless this engine has made it; afterwards the zone is in it.
    void addZone(Zone zone) {
        lock.lock();
        try {
            zones.put(zone.bridge(), zone);
            changeOrRebuild(zoneElements(zone));
        } finally {
            lock.unlock();
        }
    }

    void removeZone(Zone zone) {
        lock.lock();
        try {
            if (zones.remove(zone.bridge()) != null) {
                changeOrRebuild(withoutZone(zone));
            }
        } finally {
            lock.unlock();
        }
    }

    private List<Message> withoutZone(Zone zone) {
        List<Message> messages = new ArrayList<>();
        messages.add(table.deleteElements(BRIDGES, List.of(bridge(zone))));
        if (zone.interContainer()) {
            messages.add(table.deleteElements(WITHIN, List.of(pair(zone))));
        }
        if (zone.internal()) {
            messages.add(table.deleteElements(INTERNAL, List.of(bridge(zone))));
        }
        messages.add(table.deleteElements(SUBNETS, range(zone.subnet())));
        if (zone.masquerade()) {
            messages.add(table.deleteElements(MASQUERADED, range(zone.subnet())));
        }
        return messages;
    }

    void publish(List<Published> added) {
        lock.lock();
        try {
            added.forEach(port -> ports.put(HostPorts.keyOf(port.binding()), port));
            changeOrRebuild(
                    added.stream()
                            .map(p -> table.addElements(mapOf(p), List.of(element(p))))
                            .toList());
        } catch (RuntimeException e) {
            added.forEach(port -> ports.remove(HostPorts.keyOf(port.binding())));
            throw e;
        } finally {
            lock.unlock();
        }
    }

    void withdraw(List<Published> removed) {
        lock.lock();
        try {
            removed.forEach(port -> ports.remove(HostPorts.keyOf(port.binding())));
            changeOrRebuild(
                    removed.stream()
                            .map(p -> table.deleteElements(mapOf(p), List.of(element(p))))
                            .toList());
        } finally {
            lock.unlock();
        }
    }

    void delete() {
        lock.lock();
        try {
            zones.clear();
            ports.clear();
            present = false;
            if (table.exists(socket)) {
                socket.transaction(NfTables.SUBSYSTEM, List.of(table.deleteTable()));
            }
        } finally {
            lock.unlock();
        }
    }

    /// Somebody may have flushed the host's rules, ours with them: then all is made again.
    private void changeOrRebuild(List<Message> messages) {
        if (!present) {
            rebuild();
            return;
        }
        if (messages.isEmpty()) {
            return;
        }
        try {
            socket.transaction(NfTables.SUBSYSTEM, messages);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT
                    && e.errno() != Errno.EEXIST
                    && e.errno() != Errno.EBUSY) {
                throw e;
            }
            rebuild();
        }
    }

    private List<Message> rules() {
        return List.of(
                table.addChain("guard", "filter", Hook.PREROUTING, PRIORITY_RAW),
                table.addChain("prerouting", "nat", Hook.PREROUTING, PRIORITY_DSTNAT),
                table.addChain("output", "nat", Hook.OUTPUT, PRIORITY_DSTNAT),
                table.addChain("forward", "filter", Hook.FORWARD, PRIORITY_FILTER),
                table.addChain("postrouting", "nat", Hook.POSTROUTING, PRIORITY_SRCNAT),
                table.addChain("published"),
                table.addChain("to-bridge"),
                // route_localnet lets 127.0.0.0/8 pass the bridges; nothing on them may use that
                // itself
                table.addRule("guard", new Rule().inputName(0).in(BRIDGES, 0).toLoopback().drop()),
                table.addRule(
                        "guard", new Rule().inputName(0).in(BRIDGES, 0).fromLoopback().drop()),
                // from outside nobody reaches a port published on 127.0.0.1
                table.addRule("prerouting", new Rule().toLoopback().accept()),
                table.addRule("prerouting", new Rule().toThisHost(true).jump("published")),
                table.addRule("output", new Rule().toThisHost(true).jump("published")),
                table.addRule("published", redirect(ADDRESS_PORTS, true)),
                table.addRule("published", redirect(PORTS, false)),
                table.addRule("forward", new Rule().outputName(0).in(BRIDGES, 0).jump("to-bridge")),
                table.addRule("forward", new Rule().inputName(0).in(INTERNAL, 0).drop()),
                table.addRule(
                        "to-bridge", new Rule().inputName(0).outputName(4).in(WITHIN, 0).accept()),
                table.addRule("to-bridge", new Rule().outputName(0).in(INTERNAL, 0).drop()),
                table.addRule("to-bridge", new Rule().established().accept()),
                table.addRule("to-bridge", new Rule().redirected().accept()),
                table.addRule("to-bridge", new Rule().drop()),
                // a container that comes in by the host's address, or the host by 127.0.0.1: the
                // answer must come back
                // through the host, and to an address that means the host there
                table.addRule(
                        "postrouting",
                        new Rule()
                                .outputName(0)
                                .in(BRIDGES, 0)
                                .redirected()
                                .source(0)
                                .in(SUBNETS, 0)
                                .masquerade()),
                table.addRule(
                        "postrouting",
                        new Rule().outputName(0).in(BRIDGES, 0).fromLoopback().masquerade()),
                table.addRule(
                        "postrouting",
                        new Rule()
                                .source(0)
                                .in(MASQUERADED, 0)
                                .outputName(0)
                                .notIn(BRIDGES, 0)
                                .masquerade()));
    }

    private static Rule redirect(NfSet map, boolean withAddress) {
        Rule rule = new Rule();
        int at = 0;
        if (withAddress) {
            rule.destination(at++);
        }
        return rule.transportProtocol(at++)
                .destinationPort(at)
                .lookUp(map, 0, 0)
                .destinationNat(0, 1);
    }

    private List<Message> zoneElements(Zone zone) {
        List<Message> messages = new ArrayList<>();
        messages.add(table.addElements(BRIDGES, List.of(bridge(zone))));
        if (zone.interContainer()) {
            messages.add(table.addElements(WITHIN, List.of(pair(zone))));
        }
        if (zone.internal()) {
            messages.add(table.addElements(INTERNAL, List.of(bridge(zone))));
        }
        messages.add(table.addElements(SUBNETS, range(zone.subnet())));
        if (zone.masquerade()) {
            messages.add(table.addElements(MASQUERADED, range(zone.subnet())));
        }
        return messages;
    }

    private static NfElement bridge(Zone zone) {
        return NfElement.of(NfData.of().interfaceName(zone.bridge()).bytes());
    }

    private static NfElement pair(Zone zone) {
        return NfElement.of(
                NfData.of().interfaceName(zone.bridge()).interfaceName(zone.bridge()).bytes());
    }

    private static List<NfElement> range(Subnet subnet) {
        return List.of(
                NfElement.of(NfData.of().address(subnet.address()).bytes()),
                NfElement.end(NfData.of().address(subnet.last() + 1).bytes()));
    }

    private static NfSet mapOf(Published port) {
        return HostPorts.keyOf(port.binding()).address() == 0 ? PORTS : ADDRESS_PORTS;
    }

    private static NfElement element(Published port) {
        HostPorts.Key key = HostPorts.keyOf(port.binding());
        NfData from = NfData.of();
        if (key.address() != 0) {
            from.address(key.address());
        }
        byte[] to =
                NfData.of().address(port.address()).port(port.binding().containerPort()).bytes();
        return NfElement.of(from.protocol(key.protocol().number).port(key.port()).bytes(), to);
    }
}
