package dev.carafe.network;

import dev.carafe.linux.netlink.InterfaceAddress;
import dev.carafe.linux.netlink.Link;
import dev.carafe.linux.netlink.Route;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Decides which addresses a network has: what was asked for, what was recorded, or a subnet that
/// nobody uses.
///
/// @param pools of both families
record Placement(NetworkOptions options, List<AddressPool> pools) {
    private static final int ULA_BITS = 48;
    private static final int ULA_SUBNET_BITS = 64;

    /// @param engineId the first hex digits make the engine's own range of IPv6 where the settings
    ///   have none (RFC 4193)
    static Placement of(NetworkOptions options, String engineId) {
        return new Placement(options, pools(options, engineId));
    }

    static List<AddressPool> pools(NetworkOptions options, String engineId) {
        List<AddressPool> pools = new ArrayList<>(options.addressPools());
        if (pools.stream().noneMatch(p -> p.base().family() == IpFamily.V6)) {
            String hex = "fd" + engineId.substring(0, 10);
            String base =
                    "%s:%s:%s::/%d"
                            .formatted(
                                    hex.substring(0, 4),
                                    hex.substring(4, 8),
                                    hex.substring(8, 12),
                                    ULA_BITS);
            pools.add(new AddressPool(Subnet.parse(base), ULA_SUBNET_BITS));
        }
        return pools;
    }

    /// @param known index of the network's device, -1 without one
    /// @param others subnets of this engine's other networks
    List<Place> of(NetworkRecord network, int known, List<Subnet> others, HostView host) {
        List<Place> places = new ArrayList<>();
        for (IpFamily family : network.families(options)) {
            places.add(place(network, family, known, others, host));
            network.furtherRanges().stream()
                    .filter(range -> range.family() == family)
                    .forEach(range -> places.add(range.place()));
        }
        return places;
    }

    /// Where an administrator's device is.
    List<Place> on(Link link, NetworkRecord network, HostView host) {
        List<Place> places = new ArrayList<>();
        for (IpFamily family : network.families(options)) {
            places.add(
                    host.addresses().stream()
                            .filter(a -> a.linkIndex() == link.index())
                            .filter(a -> IpFamily.of(a.address()) == family)
                            .filter(a -> !a.address().isLinkLocalAddress())
                            .map(a ->
                                    new Place(
                                            Subnet.around(a.address(), a.prefixLength()),
                                            a.address()))
                            .min(Comparator.comparing(p -> !fits(network, p)))
                            .orElseGet(
                                    () -> place(network, family, link.index(), List.of(), host)));
        }
        return places;
    }

    /// Whether the daemon's settings have addresses of `bridge` in there.
    private boolean fits(NetworkRecord network, Place place) {
        String range = options.bridge().rangeOf(place.family());
        return network.name().equals("bridge")
                && range != null
                && place.subnet().contains(Subnet.around(range));
    }

    private Place place(
            NetworkRecord network, IpFamily family, int known, List<Subnet> others, HostView host) {
        Place configured = network.name().equals("bridge") ? configured(family) : null;
        if (configured != null) {
            return configured;
        }
        AddressRange recorded = network.range(family);
        if (recorded != null) {
            Place place = recorded.place();
            // what a user has chosen is final; what was chosen here may have been taken by the
            // host,
            // or by another engine, before the network's first use
            boolean chosenHere = network.isBridge() && !network.chosenByUser();
            if (!chosenHere
                    || known >= 0
                    || taken(known, others, host).stream().noneMatch(place.subnet()::overlaps)) {
                return place;
            }
        }
        return Place.first(SubnetChooser.choose(family, pools, taken(known, others, host)));
    }

    /// That of the daemon's settings, or null.
    private @Nullable Place configured(IpFamily family) {
        String address = options.bridge().addressOf(family);
        if (address != null) {
            return new Place(Subnet.around(address), Subnet.addressPart(address));
        }
        String range = options.bridge().rangeOf(family);
        return range == null ? null : Place.first(Subnet.around(range));
    }

    private static List<Subnet> taken(int known, List<Subnet> others, HostView host) {
        List<Subnet> taken = new ArrayList<>(others);
        taken.addAll(hostSubnets(known, host));
        return taken;
    }

    /// Where the host's routes, addresses and name servers are, but for one device.
    static List<Subnet> hostSubnets(int exceptLink, HostView host) {
        List<Subnet> found = new ArrayList<>();
        for (Route r : host.routes()) {
            if (r.prefixLength() > 0 && r.linkIndex() != exceptLink) {
                InetAddress destination = Objects.requireNonNull(r.destination());
                found.add(new Subnet(destination, r.prefixLength()));
            }
        }
        for (InterfaceAddress a : host.addresses()) {
            if (a.linkIndex() != exceptLink) {
                found.add(Subnet.around(a.address(), a.prefixLength()));
            }
        }
        HostResolver.servers().forEach(server -> found.add(Subnet.of(server)));
        return found;
    }
}
