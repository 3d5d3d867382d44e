package dev.carafe.network;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.netlink.Message;
import dev.carafe.linux.netlink.NetlinkSocket;
import dev.carafe.linux.netlink.NfTables;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The rules of one engine: one nf_tables table of its own for each family; that of IPv6 comes with
/// the first network that has IPv6. The rules never change; networks and published ports are
/// elements of sets and maps, so that a packet's cost does not grow with their number, and each
/// change is one transaction.
///
/// An accept in these tables never overrides a drop of the host's own tables. Thread-safe.
final class Firewall {
    private final NetlinkSocket socket;
    private final Map<IpFamily, RuleTable> tables;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Zone> zones = new LinkedHashMap<>();
    private final Map<Object, Published> ports = new LinkedHashMap<>();
    private Set<Passage> passages = Set.of();
    private final Set<IpFamily> present = EnumSet.noneOf(IpFamily.class);

    Firewall(NetlinkSocket socket, String tableName) {
        this.socket = socket;
        this.tables =
                Map.of(
                        IpFamily.V4, new RuleTable(IpFamily.V4, tableName),
                        IpFamily.V6, new RuleTable(IpFamily.V6, tableName));
    }

    /// After a restart: makes the tables hold this, in one transaction.
    void restore(List<Zone> allZones, List<Published> allPorts, Set<Passage> allPassages) {
        lock.lock();
        try {
            allZones.forEach(zone -> zones.put(zone.bridge(), zone));
            allPorts.forEach(port -> ports.put(keyOf(port), port));
            passages = Set.copyOf(allPassages);
            rebuild();
        } finally {
            lock.unlock();
        }
    }

    private static Object keyOf(Published port) {
        return port.isDirect() ? port : HostPorts.keyOf(port.binding());
    }

    /// Makes the tables with all that belongs in them, in place of what there is, in one
    /// transaction: no packet sees a state in between.
    private void rebuild() {
        List<Message> all = new ArrayList<>();
        Set<IpFamily> wanted = wanted();
        for (IpFamily family : wanted) {
            RuleTable table = table(family);
            all.addAll(table.make());
            zones.values().forEach(zone -> all.addAll(table.add(zone)));
        }
        ports.values().forEach(port -> all.add(table(port.family()).add(port)));
        if (!passages.isEmpty()) {
            all.add(table(IpFamily.V4).add(passages));
        }
        if (!all.isEmpty()) {
            socket.transaction(NfTables.SUBSYSTEM, all);
        }
        present.addAll(wanted);
    }

    private Set<IpFamily> wanted() {
        Set<IpFamily> wanted = EnumSet.noneOf(IpFamily.class);
        zones.values().stream()
                .flatMap(zone -> zone.ranges().stream())
                .forEach(range -> wanted.add(range.subnet().family()));
        return wanted;
    }

    private RuleTable table(IpFamily family) {
        RuleTable table = tables.get(family);
        if (table == null) {
            throw new IllegalStateException("no table of " + family);
        }
        return table;
    }

    /// Makes the tables unless this engine has made them; afterwards the zone is in them.
    void addZone(Zone zone) {
        lock.lock();
        try {
            zones.put(zone.bridge(), zone);
            changeOrRebuild(inTables(table -> table.add(zone)));
        } finally {
            lock.unlock();
        }
    }

    void removeZone(Zone zone) {
        lock.lock();
        try {
            if (zones.remove(zone.bridge()) != null) {
                changeOrRebuild(inTables(table -> table.remove(zone)));
            }
        } finally {
            lock.unlock();
        }
    }

    private List<Message> inTables(Function<RuleTable, List<Message>> messages) {
        return present.stream().flatMap(family -> messages.apply(table(family)).stream()).toList();
    }

    /// Lets these pass, and no others.
    void pass(Set<Passage> wanted) {
        lock.lock();
        try {
            Set<Passage> before = passages;
            passages = Set.copyOf(wanted);
            Set<Passage> gone = without(before, passages);
            Set<Passage> added = without(passages, before);
            List<Message> messages = new ArrayList<>();
            if (!gone.isEmpty()) {
                messages.add(table(IpFamily.V4).remove(gone));
            }
            if (!added.isEmpty()) {
                messages.add(table(IpFamily.V4).add(added));
            }
            changeOrRebuild(messages);
        } finally {
            lock.unlock();
        }
    }

    private static Set<Passage> without(Set<Passage> all, Set<Passage> some) {
        return all.stream().filter(p -> !some.contains(p)).collect(Collectors.toSet());
    }

    void publish(List<Published> added) {
        lock.lock();
        try {
            added.forEach(port -> ports.put(keyOf(port), port));
            changeOrRebuild(each(added, RuleTable::add));
        } catch (RuntimeException e) {
            added.forEach(port -> ports.remove(keyOf(port)));
            throw e;
        } finally {
            lock.unlock();
        }
    }

    void withdraw(List<Published> removed) {
        lock.lock();
        try {
            removed.forEach(port -> ports.remove(keyOf(port)));
            changeOrRebuild(each(removed, RuleTable::remove));
        } finally {
            lock.unlock();
        }
    }

    private List<Message> each(
            List<Published> published, BiFunction<RuleTable, Published, Message> message) {
        return published.stream().map(p -> message.apply(table(p.family()), p)).toList();
    }

    void delete() {
        lock.lock();
        try {
            zones.clear();
            ports.clear();
            passages = Set.of();
            present.clear();
            List<Message> all = new ArrayList<>();
            for (RuleTable table : tables.values()) {
                if (table.table.exists(socket)) {
                    all.add(table.table.deleteTable());
                }
            }
            if (!all.isEmpty()) {
                socket.transaction(NfTables.SUBSYSTEM, all);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Somebody may have flushed the host's rules, ours with them: then all is made again.
    private void changeOrRebuild(List<Message> messages) {
        if (!present.containsAll(wanted())) {
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
}
