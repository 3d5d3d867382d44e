package dev.carafe.network;

import dev.carafe.linux.netlink.Link;
import dev.carafe.linux.netlink.NetlinkSocket;
import dev.carafe.linux.netlink.NfTables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Whose a bridge is. A bridge made by an engine carries in its alias the mark
/// `carafe:NETWORK:ENGINE:STATE`, so that engines on one host tell theirs apart, and know when
/// one's state was deleted: then the bridge belongs to nobody.
final class BridgeOwner {
    private static final String PREFIX = "carafe:";

    /// The kernel's limit for an alias, less the terminating zero (IFALIASZ).
    private static final int MAX_MARK = 255;

    private final NetlinkSocket netfilter;
    private final String engineId;
    private final Path stateDir;

    BridgeOwner(NetlinkSocket netfilter, String engineId, Path stateDir) {
        this.netfilter = netfilter;
        this.engineId = engineId;
        this.stateDir = stateDir.toAbsolutePath();
    }

    static String tableName(String engineId) {
        return "carafe-" + engineId.substring(0, 8);
    }

    /// Without the state's path where that is too long: such a bridge is never taken for an
    /// abandoned one.
    String mark(String networkId) {
        String mark = PREFIX + networkId + ":" + engineId.substring(0, 8);
        String withState = mark + ":" + stateDir;
        return withState.length() <= MAX_MARK ? withState : mark;
    }

    static boolean isMarked(Link link) {
        return link.alias().startsWith(PREFIX);
    }

    static boolean isOf(Link link, String networkId) {
        return link.alias().startsWith(PREFIX + networkId);
    }

    /// Its network is in no engine's state any more.
    static boolean isAbandoned(Link link) {
        List<String> parts = parts(link);
        return parts.size() == 4
                && !Files.exists(
                        Path.of(parts.get(3)).resolve("networks").resolve(parts.get(1) + ".json"));
    }

    /// Removes the rules of the engine that made the bridge when its whole state is gone.
    void dropRules(Link link) {
        List<String> parts = parts(link);
        if (parts.size() == 4 && !Files.exists(Path.of(parts.get(3)).resolve("networks"))) {
            for (IpFamily family : IpFamily.values()) {
                NfTables table = new NfTables(family.rules, tableName(parts.get(2)));
                if (table.exists(netfilter)) {
                    netfilter.transaction(NfTables.SUBSYSTEM, List.of(table.deleteTable()));
                }
            }
        }
    }

    private static List<String> parts(Link link) {
        return isMarked(link) ? List.of(link.alias().split(":", 4)) : List.of();
    }
}
