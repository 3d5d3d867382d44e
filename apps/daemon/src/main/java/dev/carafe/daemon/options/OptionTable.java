package dev.carafe.daemon.options;

import dev.carafe.daemon.options.Option.Group;
import dev.carafe.daemon.options.Option.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every option: dockerd's names for flags and keys of daemon.json.
public final class OptionTable {
    private final List<Option> options = new ArrayList<>();
    private final Map<String, Option> byName = new LinkedHashMap<>();
    private final Map<String, Option> byKey = new LinkedHashMap<>();

    public OptionTable() {
        access();
        places();
        network();
        options.addAll(new ContainerOptions().all());
        options.addAll(new ImageOptions().all());
        other();
        options.addAll(new CompatibleOptions().all());
        for (Option o : options) {
            byName.putIfAbsent(o.name(), o);
            if (!o.key().isEmpty()) {
                byKey.put(o.key(), o);
            }
        }
    }

    private void access() {
        Group g = Group.ACCESS;
        add(
                "host",
                'H',
                "hosts",
                Kind.LIST,
                g,
                "list",
                "Socket to listen on: unix:///path, tcp://host:port (repeatable; default "
                        + Settings.DEFAULT_HOST
                        + ")");
        add(
                "group",
                'G',
                "group",
                Kind.TEXT,
                g,
                "name",
                "Group that may use the unix socket (default docker or carafe, where it exists)");
        add("tls", '\0', "tls", Kind.FLAG, g, "", "Use TLS on TCP sockets; implied by --tlsverify");
        add(
                "tlsverify",
                '\0',
                "tlsverify",
                Kind.FLAG,
                g,
                "",
                "Use TLS and take only clients with a certificate of --tlscacert");
        add(
                "tlscacert",
                '\0',
                "tlscacert",
                Kind.TEXT,
                g,
                "file",
                "Certificates (PEM) that sign those of clients");
        add(
                "tlscert",
                '\0',
                "tlscert",
                Kind.TEXT,
                g,
                "file",
                "The daemon's certificate and its chain (PEM)");
        add("tlskey", '\0', "tlskey", Kind.TEXT, g, "file", "The daemon's private key (PEM)");
    }

    private void places() {
        Group g = Group.PLACES;
        add(
                "data-root",
                '\0',
                "data-root",
                Kind.TEXT,
                g,
                "dir",
                "What must survive a reboot: images, containers, volumes (default "
                        + Settings.DEFAULT_DATA_ROOT
                        + ")");
        add(
                "exec-root",
                '\0',
                "exec-root",
                Kind.TEXT,
                g,
                "dir",
                "What need not: sockets, pids, exit statuses (default "
                        + Settings.DEFAULT_EXEC_ROOT
                        + ")");
        add(
                "pidfile",
                'p',
                "pidfile",
                Kind.TEXT,
                g,
                "file",
                "Where the daemon's pid is written (default carafe.pid in the exec-root)");
        add(
                "config-file",
                '\0',
                "",
                Kind.TEXT,
                g,
                "file",
                "Configuration in dockerd's form (default "
                        + Settings.DEFAULT_CONFIG
                        + ", if there)");
        add("validate", '\0', "", Kind.FLAG, g, "", "Check the configuration and exit");
        g = Group.LOG;
        add(
                "log-level",
                'l',
                "log-level",
                Kind.TEXT,
                g,
                "level",
                "debug, info, warn, error or fatal (default info)");
        add("log-format", '\0', "log-format", Kind.TEXT, g, "form", "text or json (default text)");
        add(
                "metrics-addr",
                '\0',
                "metrics-addr",
                Kind.TEXT,
                g,
                "host:port",
                "Serve figures for Prometheus at /metrics, without TLS and to whoever reaches the port (default none)");
        add("debug", 'D', "debug", Kind.FLAG, g, "", "The same as --log-level debug");
    }

    private void network() {
        Group g = Group.NETWORK;
        add(
                "bridge",
                'b',
                "bridge",
                Kind.TEXT,
                g,
                "name",
                "Device of the network \"bridge\" (default carafe0); none: no such network");
        add(
                "bip",
                '\0',
                "bip",
                Kind.TEXT,
                g,
                "cidr",
                "Address of that device, 172.30.0.1/16 (default: a free range)");
        add(
                "mtu",
                '\0',
                "mtu",
                Kind.NUMBER,
                g,
                "bytes",
                "Largest packet of containers (default: the host's)");
        add(
                "host-gateway-ip",
                '\0',
                "host-gateway-ips",
                Kind.LIST,
                g,
                "address",
                "What host-gateway stands for (repeatable; default: the network's gateway)");
        add(
                "default-network-opt",
                '\0',
                "default-network-opts",
                Kind.MAP,
                g,
                "driver=opt=value",
                "Options of networks that do not name them (repeatable)");
        add(
                "dns",
                '\0',
                "dns",
                Kind.LIST,
                g,
                "address",
                "Name server of containers (repeatable; default: the host's)");
        add(
                "dns-search",
                '\0',
                "dns-search",
                Kind.LIST,
                g,
                "domain",
                "Search domain of containers (repeatable)");
        add(
                "dns-opt",
                '\0',
                "dns-opts",
                Kind.LIST,
                g,
                "option",
                "Resolver option of containers (repeatable)");
        add(
                "icc",
                '\0',
                "icc",
                Kind.FLAG,
                g,
                "",
                "Containers of \"bridge\" reach each other (default true)");
        add(
                "ip-masq",
                '\0',
                "ip-masq",
                Kind.FLAG,
                g,
                "",
                "Containers reach the world with the host's address (default true)");
        add(
                "ip-forward",
                '\0',
                "ip-forward",
                Kind.FLAG,
                g,
                "",
                "May switch on net.ipv4.ip_forward (default true)");
        add(
                "iptables",
                '\0',
                "iptables",
                Kind.FLAG,
                g,
                "",
                "May make packet rules; without them no ports are published (default true)");
        add(
                "userland-proxy",
                '\0',
                "userland-proxy",
                Kind.FLAG,
                g,
                "",
                "Published ports of containers without IPv6 are reached by IPv6 of the host, and ::1 leads to containers (default true)");
        add(
                "ip",
                '\0',
                "ip",
                Kind.TEXT,
                g,
                "address",
                "Host address of published ports that name none (default 0.0.0.0)");
        add(
                "default-address-pool",
                '\0',
                "default-address-pools",
                Kind.LIST,
                g,
                "pool",
                "Range that networks are cut from, base=10.0.0.0/8,size=24 (repeatable)");
        defaultBridge();
    }

    private void defaultBridge() {
        bridge("fixed-cidr", "cidr", "Part of its addresses that containers of \"bridge\" get");
        bridge("default-gateway", "address", "Gateway of containers of \"bridge\"");
        add(
                "ipv6",
                '\0',
                "ipv6",
                Kind.FLAG,
                Group.NETWORK,
                "",
                "Containers of \"bridge\" have IPv6 addresses as well");
        bridge(
                "bip6",
                "cidr",
                "IPv6 address of that device (default: a range of the engine's own)");
        bridge("fixed-cidr-v6", "cidr", "IPv6 addresses that containers of \"bridge\" get");
        bridge("default-gateway-v6", "address", "IPv6 gateway of containers of \"bridge\"");
    }

    private void bridge(String name, String value, String help) {
        add(name, '\0', name, Kind.TEXT, Group.NETWORK, value, help);
    }

    private void other() {
        Group g = Group.OTHER;
        add(
                "label",
                '\0',
                "labels",
                Kind.LIST,
                g,
                "key=value",
                "Label of the daemon, shown by info (repeatable)");
        add("http-proxy", '\0', "", Kind.TEXT, g, "url", "Proxy for http requests of the daemon");
        add("https-proxy", '\0', "", Kind.TEXT, g, "url", "Proxy for https requests of the daemon");
        add("no-proxy", '\0', "", Kind.TEXT, g, "hosts", "Hosts that are reached without proxy");
        add("help", 'h', "", Kind.FLAG, g, "", "Show this and exit");
        add("version", 'v', "", Kind.FLAG, g, "", "Show the version and exit");
        options.add(new Option("", '\0', "proxies", Kind.JSON, g, "", true, ""));
    }

    private void add(
            String name,
            char letter,
            String key,
            Kind kind,
            Group group,
            String value,
            String help) {
        options.add(new Option(name, letter, key, kind, group, value, true, help));
    }

    /// In the order of the help.
    public List<Option> options() {
        return options;
    }

    public @Nullable Option byName(String name) {
        return name.isEmpty() ? null : byName.get(name);
    }

    public @Nullable Option byLetter(char letter) {
        return options.stream()
                .filter(o -> o.letter() == letter && letter != '\0')
                .findFirst()
                .orElse(null);
    }

    public @Nullable Option byKey(String key) {
        return byKey.get(key);
    }
}
