package dev.carafe.network;

import dev.carafe.linux.Fd;
import dev.carafe.linux.Namespaces;
import dev.carafe.linux.Sysctls;

/// What somebody with raw access to a network can do.
final class Attackers {
    private Attackers() {}

    /// In that namespace packets to 127.0.0.1 leave through eth0 to a neighbour.
    static void routeLocalhostThrough(Fd netns, String neighbour) {
        Namespaces.inNetns(
                netns,
                () -> {
                    Sysctls.set("net.ipv4.conf.all.route_localnet", "1");
                    // before the table that keeps them local; that one must stay for the answers
                    Rulesets.ip("rule", "add", "pref", "5", "lookup", "100");
                    Rulesets.ip("rule", "add", "pref", "10", "lookup", "local");
                    Rulesets.ip("rule", "del", "pref", "0");
                    Rulesets.ip(
                            "route",
                            "add",
                            "127.0.0.0/8",
                            "via",
                            neighbour,
                            "dev",
                            "eth0",
                            "onlink",
                            "table",
                            "100");
                    return true;
                });
    }
}
