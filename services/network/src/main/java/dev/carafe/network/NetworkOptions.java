package dev.carafe.network;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The daemon's network settings, docker's `daemon.json` keys in brackets.
///
/// @param bridge the network `bridge`
/// @param addressPools where subnets come from [default-address-pools]; those that the host routes
///   elsewhere are skipped. Without one of IPv6 the engine has a range of its own
/// @param mtu of bridges and containers' devices [mtu], or null: 1500, or the default route's
///   device's when that is less
/// @param masquerade containers reach the world with the host's address [ip-masq]
/// @param interContainer containers of `bridge` reach each other [icc]
/// @param ipForward may switch on net.ipv4.ip_forward [ip-forward]
/// @param firewall may make rules at all [iptables]; without them there are no published ports
/// @param relay sends on by itself what comes to published ports and rules can't lead, from IPv6 to
///   containers without and from `::1` [userland-proxy]
/// @param bindAddress host address of published ports that name none [ip]
/// @param dns, dnsSearch, dnsOptions replace those of the host [dns, dns-search, dns-opts]
/// @param hostGateways what `host-gateway` stands for [host-gateway-ips]; empty: the gateway of a
///   container's network
/// @param driverOptions of networks that do not name them, by driver [default-network-opts]
/// @param pooledNamespaces network namespaces kept ready for the next starts
@RecordBuilder
public record NetworkOptions(
        DefaultBridge bridge,
        List<AddressPool> addressPools,
        @Nullable Integer mtu,
        boolean masquerade,
        boolean interContainer,
        boolean ipForward,
        boolean firewall,
        boolean relay,
        String bindAddress,
        List<String> dns,
        List<String> dnsSearch,
        List<String> dnsOptions,
        List<String> hostGateways,
        Map<String, Map<String, String>> driverOptions,
        int pooledNamespaces)
        implements NetworkOptionsBuilder.With {
    public NetworkOptions {
        addressPools = List.copyOf(addressPools);
        dns = List.copyOf(dns);
        dnsSearch = List.copyOf(dnsSearch);
        dnsOptions = List.copyOf(dnsOptions);
        hostGateways = List.copyOf(hostGateways);
        driverOptions = Map.copyOf(driverOptions);
    }

    /// Docker's defaults, but for the bridge's name.
    public static NetworkOptions defaults() {
        return new NetworkOptions(
                DefaultBridge.CHOSEN,
                dockerPools(),
                null,
                true,
                true,
                true,
                true,
                true,
                "0.0.0.0",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                4);
    }

    /// 172.17.0.0/16 to 172.31.0.0/16, then 192.168.0.0/20 to 192.168.240.0/20.
    private static List<AddressPool> dockerPools() {
        return List.of(
                new AddressPool(Subnet.parse("172.17.0.0/16"), 16),
                new AddressPool(Subnet.parse("172.18.0.0/16"), 16),
                new AddressPool(Subnet.parse("172.19.0.0/16"), 16),
                new AddressPool(Subnet.parse("172.20.0.0/14"), 16),
                new AddressPool(Subnet.parse("172.24.0.0/14"), 16),
                new AddressPool(Subnet.parse("172.28.0.0/14"), 16),
                new AddressPool(Subnet.parse("192.168.0.0/16"), 20));
    }

    public NetworkOptions withBridge(@Nullable String name, @Nullable String address) {
        return withBridge(bridge.named(name, address));
    }

    public NetworkOptions withSwitches(
            boolean masquerade, boolean interContainer, boolean ipForward, boolean firewall) {
        return with().masquerade(masquerade)
                .interContainer(interContainer)
                .ipForward(ipForward)
                .firewall(firewall)
                .build();
    }
}
