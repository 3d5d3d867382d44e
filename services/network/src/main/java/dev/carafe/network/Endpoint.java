package dev.carafe.network;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// A container's place in a network. Texts are empty where the driver (host, none) gives none; a
/// file of an earlier version lacks some.
///
/// @param gateway empty in an internal network; `0.0.0.0` (or `::`) where the device itself leads
///   to the world
/// @param macAddress as `02:42:ac:11:00:02`
/// @param interfaceName inside the container: `eth0`
/// @param ip6Address empty without IPv6, as ip6Gateway
/// @param driver of the network
/// @param device the host's end of its pair of devices, empty where it has no pair
/// @param gatewayPriority the endpoint with the highest becomes the default route
/// @param names by which others on the network find it, the first is its own
/// @param links names that only this container knows, with what they stand for
/// @param linkLocal further addresses, with meaning on this link only
@RecordBuilder
public record Endpoint(
        String networkId,
        String networkName,
        String endpointId,
        String ipAddress,
        int prefixLength,
        String gateway,
        String macAddress,
        String interfaceName,
        String ip6Address,
        int ip6PrefixLength,
        String ip6Gateway,
        String driver,
        String device,
        int gatewayPriority,
        List<String> names,
        Map<String, String> links,
        List<String> linkLocal)
        implements EndpointBuilder.With {
    public Endpoint {
        ip6Address = Objects.requireNonNullElse(ip6Address, "");
        ip6Gateway = Objects.requireNonNullElse(ip6Gateway, "");
        driver = Objects.requireNonNullElse(driver, "bridge");
        device = Objects.requireNonNullElse(device, "");
        names = names == null ? List.of() : List.copyOf(names);
        links = links == null ? Map.of() : Map.copyOf(links);
        linkLocal = linkLocal == null ? List.of() : List.copyOf(linkLocal);
    }

    /// Without addresses and devices.
    static Endpoint plain(String networkId, String networkName, String endpointId, String driver) {
        return new Endpoint(
                networkId,
                networkName,
                endpointId,
                "",
                0,
                "",
                "",
                "",
                "",
                0,
                "",
                driver,
                "",
                0,
                List.of(),
                Map.of(),
                List.of());
    }

    /// Its addresses, at most one of each family.
    List<InetAddress> addresses() {
        return Stream.of(ipAddress, ip6Address)
                .filter(text -> !text.isEmpty())
                .map(Addresses::parse)
                .toList();
    }

    /// On a network with addresses, not on `host` or `none`.
    boolean isAddressed() {
        return !ipAddress.isEmpty() || !ip6Address.isEmpty();
    }

    Optional<InetAddress> address(IpFamily family) {
        return addresses().stream().filter(a -> IpFamily.of(a) == family).findFirst();
    }

    Optional<InetAddress> gateway(IpFamily family) {
        String text = family == IpFamily.V4 ? gateway : ip6Gateway;
        return text.isEmpty() ? Optional.empty() : Optional.of(Addresses.parse(text));
    }

    /// As docker shows it: empty where there is no gateway.
    public String shownGateway() {
        return shown(IpFamily.V4);
    }

    public String shownIp6Gateway() {
        return shown(IpFamily.V6);
    }

    private String shown(IpFamily family) {
        return gateway(family)
                .filter(g -> !g.isAnyLocalAddress())
                .map(Addresses::format)
                .orElse("");
    }

    int prefixLength(IpFamily family) {
        return family == IpFamily.V4 ? prefixLength : ip6PrefixLength;
    }

    Endpoint on(String itsDevice) {
        return withDevice(itsDevice);
    }

    Endpoint named(List<String> newNames) {
        return withNames(newNames);
    }

    /// With its container's name in place of the earlier one.
    Endpoint renamed(String newName) {
        List<String> all = new ArrayList<>(names);
        if (!all.isEmpty()) {
            all.set(0, newName);
        }
        return named(all);
    }
}
