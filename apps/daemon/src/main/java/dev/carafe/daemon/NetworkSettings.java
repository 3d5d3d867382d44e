package dev.carafe.daemon;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.daemon.options.Settings;
import dev.carafe.network.AddressPool;
import dev.carafe.network.DefaultBridge;
import dev.carafe.network.NetworkOptions;
import dev.carafe.network.Subnet;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The network room's options as the settings have them.
final class NetworkSettings {
    private NetworkSettings() {}

    /// @throws InvalidArgument a value that can't be
    static NetworkOptions of(Settings s) {
        NetworkOptions d = NetworkOptions.defaults();
        List<AddressPool> pools =
                s.list("default-address-pool").stream().map(NetworkSettings::pool).toList();
        return new NetworkOptions(
                bridge(s),
                pools.isEmpty() ? d.addressPools() : pools,
                s.number("mtu").filter(n -> n > 0).orElse(d.mtu()),
                s.flag("ip-masq", d.masquerade()),
                s.flag("icc", d.interContainer()),
                s.flag("ip-forward", d.ipForward()),
                s.flag("iptables", d.firewall()),
                s.flag("userland-proxy", d.relay()),
                s.text("ip").orElse(d.bindAddress()),
                s.list("dns").isEmpty() ? d.dns() : s.list("dns"),
                s.list("dns-search").isEmpty() ? d.dnsSearch() : s.list("dns-search"),
                s.list("dns-opt").isEmpty() ? d.dnsOptions() : s.list("dns-opt"),
                s.list("host-gateway-ip").stream().map(NetworkSettings::address).toList(),
                driverOptions(s.list("default-network-opt")),
                d.pooledNamespaces());
    }

    private static String address(String text) {
        try {
            return InetAddress.ofLiteral(text).getHostAddress();
        } catch (IllegalArgumentException e) {
            throw new InvalidArgument(
                    Subject.NONE,
                    "invalid host-gateway-ip '" + text + "': it must be an address",
                    e);
        }
    }

    /// `DRIVER=OPTION=VALUE`, further options after commas.
    private static Map<String, Map<String, String>> driverOptions(List<String> texts) {
        Map<String, Map<String, String>> all = new HashMap<>();
        for (String text : texts) {
            int driver = text.indexOf('=');
            for (String pair : text.substring(driver + 1).split(",")) {
                int eq = pair.indexOf('=');
                if (driver <= 0 || eq <= 0) {
                    throw new InvalidArgument(
                            "invalid default-network-opt '"
                                    + text
                                    + "': must be DRIVER=OPTION=VALUE");
                }
                all.computeIfAbsent(text.substring(0, driver), d -> new HashMap<>())
                        .put(pair.substring(0, eq), pair.substring(eq + 1));
            }
        }
        return all;
    }

    private static DefaultBridge bridge(Settings s) {
        DefaultBridge d = DefaultBridge.CHOSEN;
        return new DefaultBridge(
                s.text("bridge").orElse(d.name()),
                s.text("bip").orElse(d.address()),
                s.text("fixed-cidr").orElse(d.range()),
                s.text("default-gateway").orElse(d.gateway()),
                s.flag("ipv6", d.ipv6()),
                s.text("bip6").orElse(d.address6()),
                s.text("fixed-cidr-v6").orElse(d.range6()),
                s.text("default-gateway-v6").orElse(d.gateway6()));
    }

    /// `base=10.0.0.0/8,size=24`.
    private static AddressPool pool(String text) {
        Map<String, String> parts = new HashMap<>();
        for (String part : text.split(",")) {
            int eq = part.indexOf('=');
            parts.put(
                    eq < 0 ? part : part.substring(0, eq).strip(),
                    eq < 0 ? "" : part.substring(eq + 1).strip());
        }
        String base = parts.remove("base");
        String size = parts.remove("size");
        if (base == null || size == null || !size.matches("[0-9]{1,3}") || !parts.isEmpty()) {
            throw new InvalidArgument(
                    "invalid default-address-pool \"" + text + "\": must be base=CIDR,size=BITS");
        }
        return new AddressPool(Subnet.parse(base), Integer.parseInt(size));
    }
}
