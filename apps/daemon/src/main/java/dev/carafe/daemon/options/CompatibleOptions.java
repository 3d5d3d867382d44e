package dev.carafe.daemon.options;

import dev.carafe.daemon.options.Option.Group;
import dev.carafe.daemon.options.Option.Kind;
import java.util.ArrayList;
import java.util.List;

/// The options of dockerd's that are taken so that its configuration works, and that do nothing
/// here. Those that shall protect are looked at by {@link Protections}.
final class CompatibleOptions {
    private final List<Option> options = new ArrayList<>();

    CompatibleOptions() {
        flags();
        keys();
    }

    /// In the order of the help.
    List<Option> all() {
        return options;
    }

    private void flags() {
        taken(
                "storage-driver",
                's',
                "storage-driver",
                Kind.TEXT,
                "Always overlay file systems; overlay2 and overlayfs are taken");
        taken(
                "exec-opt",
                '\0',
                "exec-opts",
                Kind.LIST,
                "native.cgroupdriver=cgroupfs is what there is");
        taken(
                "live-restore",
                '\0',
                "live-restore",
                Kind.FLAG,
                "Containers always live on when the daemon ends");
        taken(
                "userland-proxy-path",
                '\0',
                "userland-proxy-path",
                Kind.TEXT,
                "The daemon itself relays ports");
        taken("init-path", '\0', "init-path", Kind.TEXT, "No other program is needed");
        taken("containerd", '\0', "containerd", Kind.TEXT, "No other daemon is needed");
        taken("containerd-namespace", '\0', "containerd-namespace", Kind.TEXT, "As above");
        taken(
                "containerd-plugins-namespace",
                '\0',
                "containerd-plugin-namespace",
                Kind.TEXT,
                "As above");
        taken("ip6tables", '\0', "ip6tables", Kind.FLAG, "As iptables");
        taken("firewall-backend", '\0', "firewall-backend", Kind.TEXT, "Always nftables");
        taken("experimental", '\0', "experimental", Kind.FLAG, "Nothing is hidden behind it");
        taken("selinux-enabled", '\0', "selinux-enabled", Kind.FLAG, "To come");
        taken("raw-logs", '\0', "raw-logs", Kind.FLAG, "Lines are never coloured");
        taken(
                "min-api-version",
                '\0',
                "min-api-version",
                Kind.TEXT,
                "Every version from 1.12 on is served");
    }

    private void keys() {
        for (String key :
                List.of(
                        "builder",
                        "allow-direct-routing",
                        "bridge-accept-fwmark",
                        "ip-forward-no-drop",
                        "authorization-plugins",
                        "nri-opts",
                        "cpu-rt-period",
                        "cpu-rt-runtime",
                        "network-diagnostic-port",
                        "resolv-conf",
                        "rootless",
                        "swarm-default-advertise-addr",
                        "swarm-raft-heartbeat-tick",
                        "swarm-raft-election-tick",
                        "network-control-plane-mtu",
                        "node-generic-resources",
                        "cri-containerd")) {
            options.add(new Option("", '\0', key, Kind.JSON, Group.COMPATIBLE, "", false, ""));
        }
    }

    private void taken(String name, char letter, String key, Kind kind, String help) {
        String value =
                switch (kind) {
                    case FLAG -> "";
                    case NUMBER -> "number";
                    case TEXT, LIST, JSON -> "text";
                    case MAP -> "key=value";
                };
        options.add(new Option(name, letter, key, kind, Group.COMPATIBLE, value, false, help));
    }
}
