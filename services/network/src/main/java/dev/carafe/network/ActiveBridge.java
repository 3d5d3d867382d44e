package dev.carafe.network;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.ResourceExhausted;
import dev.carafe.base.Undo;
import dev.carafe.network.BridgeSetup.Active;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A bridge network that is up: its device, what the rules know of it, and its addresses in use.
///
/// @param pools in the order in which addresses are taken from those of a family
record ActiveBridge(Active bridge, Zone zone, List<Pool> pools) {
    private static final System.Logger LOG = System.getLogger(ActiveBridge.class.getName());

    static ActiveBridge of(Active bridge, NetworkOptions options) {
        NetworkRecord network = bridge.network();
        List<Pool> pools = new ArrayList<>();
        for (Place place : bridge.places()) {
            InetAddress gateway =
                    leadsOut(network, place.family()) ? gateway(network, place, options) : null;
            pools.add(new Pool(place, allocator(network, place, options), gateway));
        }
        return new ActiveBridge(bridge, Zone.of(bridge, options), pools);
    }

    /// Addresses of one subnet.
    ///
    /// @param gateway of those who have one of them, null where nothing leads out
    record Pool(Place place, AddressAllocator addresses, @Nullable InetAddress gateway) {
        boolean covers(InetAddress address) {
            return addresses.covers(address);
        }
    }

    private static boolean leadsOut(NetworkRecord network, IpFamily family) {
        return !network.internal()
                && network.mode(family) != GatewayMode.ISOLATED
                && (SubDevices.isRouted(network) || !network.gatewayless().contains(family));
    }

    /// Of containers: the bridge, unless the daemon's settings say otherwise.
    private static InetAddress gateway(NetworkRecord network, Place place, NetworkOptions options) {
        if (SubDevices.isRouted(network)) {
            return place.family().any();
        }
        String wanted = options.bridge().gatewayOf(place.family());
        return wanted == null || !network.name().equals("bridge")
                ? place.gateway()
                : Addresses.parse(wanted);
    }

    private static AddressAllocator allocator(
            NetworkRecord network, Place place, NetworkOptions options) {
        AddressRange recorded = recorded(network, place);
        String range =
                network.name().equals("bridge")
                        ? configuredRange(place, options)
                        : recorded == null ? null : recorded.ipRange();
        AddressAllocator addresses =
                new AddressAllocator(
                        place.subnet(), range == null ? place.subnet() : Subnet.around(range));
        if (!network.gatewayless().contains(place.family())) {
            addresses.setAside(place.gateway());
        }
        if (recorded != null) {
            recorded.aux().values().stream().map(Addresses::parse).forEach(addresses::setAside);
        }
        return addresses;
    }

    /// What it was made with; a first range may have been chosen anew.
    private static @Nullable AddressRange recorded(NetworkRecord network, Place place) {
        return network.furtherRanges().stream()
                .filter(place::isIn)
                .findFirst()
                .orElseGet(() -> network.range(place.family()));
    }

    /// Of the daemon's settings; an administrator's device may be elsewhere: told, and as docker
    /// has it no error for IPv4.
    ///
    /// @throws InvalidArgument the device has no addresses around that of IPv6
    private static @Nullable String configuredRange(Place place, NetworkOptions options) {
        String range = options.bridge().rangeOf(place.family());
        if (range == null || place.subnet().contains(Subnet.around(range))) {
            return range;
        }
        String told =
                "%s=%s is outside any subnet implied by addresses on the user-managed default bridge"
                        .formatted(
                                place.family() == IpFamily.V4 ? "fixed-cidr" : "fixed-cidr-v6",
                                range);
        if (place.family() == IpFamily.V6) {
            throw new InvalidArgument(told);
        }
        LOG.log(Level.WARNING, told);
        return null;
    }

    NetworkRecord network() {
        return bridge.network();
    }

    /// The same network on a device that was made again.
    ActiveBridge on(Active again) {
        return new ActiveBridge(again, zone, pools);
    }

    /// The host sends on what comes from and for its containers, unless the settings forbid it;
    /// also what passes between those of `bridge` that are kept apart and linked.
    void forward(NetworkOptions options) {
        if (Network.isDefault(network().name()) && !zone.interContainer()) {
            BridgeSysctls.answerForOthers(zone.bridge());
        }
        if (!options.ipForward() || !network().isBridge()) {
            return;
        }
        for (Place place : bridge.places()) {
            if (place.family() == IpFamily.V4) {
                BridgeSysctls.forward4();
            } else {
                BridgeSysctls.forward6();
            }
        }
    }

    /// Published ports are reached from the host's 127.0.0.1 as well.
    void allowLocalhost() {
        if (network().isBridge()) {
            BridgeSysctls.allowLocalhost(zone.bridge());
        }
    }

    /// Takes the wanted addresses, or any, one of each family that the network has.
    List<InetAddress> take(JoinRequest join) {
        try (Undo undo = new Undo()) {
            List<InetAddress> taken = new ArrayList<>();
            for (IpFamily family : IpFamily.values()) {
                if (family == IpFamily.V6 && join.withoutSix() && !taken.isEmpty()) {
                    continue;
                }
                String wanted = family == IpFamily.V4 ? join.ip() : join.ip6();
                take(family, wanted == null ? "" : wanted)
                        .ifPresent(address -> {
                            taken.add(address);
                            undo.push(() -> release(address));
                        });
            }
            undo.keep();
            return taken;
        }
    }

    private Optional<InetAddress> take(IpFamily family, String wanted) {
        List<Pool> all = pools.stream().filter(p -> p.place().family() == family).toList();
        if (wanted.isEmpty()) {
            return all.isEmpty() ? Optional.empty() : Optional.of(any(all));
        }
        InetAddress address = Addresses.parse(wanted);
        poolOf(address)
                .orElseThrow(() ->
                        new InvalidArgument("no configured subnet contains IP address " + wanted))
                .addresses()
                .reserve(address);
        return Optional.of(address);
    }

    /// From the first that has one left.
    private static InetAddress any(List<Pool> all) {
        for (Pool pool : all.subList(0, all.size() - 1)) {
            try {
                return pool.addresses().allocate();
            } catch (ResourceExhausted e) {
                LOG.log(Level.DEBUG, "a subnet is full", e);
            }
        }
        return all.getLast().addresses().allocate();
    }

    private Optional<Pool> poolOf(InetAddress address) {
        return pools.stream().filter(p -> p.covers(address)).findFirst();
    }

    void release(InetAddress address) {
        poolOf(address).ifPresent(pool -> pool.addresses().release(address));
    }

    /// Takes those of an endpoint that lived on.
    void reserve(Endpoint endpoint) {
        for (InetAddress address : endpoint.addresses()) {
            poolOf(address).ifPresent(pool -> pool.addresses().reserve(address));
        }
    }

    /// @param endpointId 64 hex digits
    /// @param device the host's end of its pair
    Endpoint endpoint(
            String endpointId,
            JoinRequest join,
            List<InetAddress> taken,
            String device,
            String interfaceName) {
        InetAddress four = of(IpFamily.V4, taken);
        InetAddress six = of(IpFamily.V6, taken);
        return new Endpoint(
                network().id(),
                network().name(),
                endpointId,
                text(four),
                length(four),
                text(gatewayOf(four)),
                network().driver().equals("ipvlan") ? "" : mac(join.mac(), taken),
                interfaceName,
                text(six),
                length(six),
                text(gatewayOf(six)),
                network().driver(),
                device,
                join.gatewayPriority(),
                join.names(),
                Map.copyOf(join.links()),
                join.linkLocal());
    }

    private @Nullable InetAddress gatewayOf(@Nullable InetAddress address) {
        return address == null ? null : poolOf(address).map(Pool::gateway).orElse(null);
    }

    private static String mac(@Nullable String wanted, List<InetAddress> taken) {
        return MacAddress.format(
                wanted != null && !wanted.isEmpty()
                        ? MacAddress.parse(wanted)
                        : taken.isEmpty() ? MacAddress.random() : MacAddress.of(taken.getFirst()));
    }

    private static @Nullable InetAddress of(IpFamily family, List<InetAddress> taken) {
        return taken.stream().filter(a -> IpFamily.of(a) == family).findFirst().orElse(null);
    }

    private static String text(@Nullable InetAddress address) {
        return address == null ? "" : Addresses.format(address);
    }

    private int length(@Nullable InetAddress address) {
        return address == null
                ? 0
                : bridge.places().stream()
                        .filter(p -> p.subnet().contains(address))
                        .mapToInt(p -> p.subnet().prefixLength())
                        .findFirst()
                        .orElse(Addresses.bits(address));
    }

    BridgeDriver.Plug plug(Endpoint endpoint, boolean published) {
        return new BridgeDriver.Plug(
                network().driver(),
                bridge.index(),
                bridge.mtu(),
                endpoint,
                !zone.interContainer(),
                published);
    }
}
