package dev.carafe.network;

import dev.carafe.network.BridgeSetup.Active;
import dev.carafe.network.Firewall.Zone;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A bridge network that is up: its device, what the rules know of it, and its addresses in use.
record ActiveBridge(Active bridge, Zone zone, AddressAllocator addresses) {
    static ActiveBridge of(Active bridge, NetworkOptions options) {
        NetworkRecord network = bridge.network();
        boolean standard = network.name().equals("bridge");
        Zone zone =
                new Zone(
                        deviceOf(network),
                        bridge.subnet(),
                        network.flag("enable_ip_masquerade", !standard || options.masquerade())
                                && !network.internal(),
                        network.flag("enable_icc", !standard || options.interContainer()),
                        network.internal());
        return new ActiveBridge(bridge, zone, allocator(bridge));
    }

    private static AddressAllocator allocator(Active bridge) {
        String range = bridge.network().ipRange();
        AddressAllocator addresses =
                new AddressAllocator(
                        bridge.subnet(),
                        range == null ? bridge.subnet() : Subnet.parse(range),
                        bridge.gateway());
        bridge.network().aux().values().stream()
                .map(Subnet::parseAddress)
                .forEach(addresses::setAside);
        return addresses;
    }

    private static String deviceOf(NetworkRecord network) {
        String device = network.bridge();
        if (device == null) {
            throw new IllegalStateException("network " + network.name() + " is not up");
        }
        return device;
    }

    NetworkRecord network() {
        return bridge.network();
    }

    /// The same network on a device that was made again.
    ActiveBridge on(Active again) {
        return new ActiveBridge(again, zone, addresses);
    }

    /// Takes the wanted address, or any.
    int take(@Nullable String wanted) {
        if (wanted == null || wanted.isEmpty()) {
            return addresses.allocate();
        }
        int address = Subnet.parseAddress(wanted);
        addresses.reserve(address);
        return address;
    }

    /// @param endpointId 64 hex digits
    /// @param device the host's end of its pair
    Endpoint endpoint(
            String endpointId, JoinRequest join, int address, String device, String interfaceName) {
        String mac = join.mac();
        return new Endpoint(
                network().id(),
                network().name(),
                endpointId,
                Subnet.format(address),
                bridge.subnet().prefixLength(),
                network().internal() ? "" : Subnet.format(bridge.gateway()),
                MacAddress.format(
                        mac == null || mac.isEmpty()
                                ? MacAddress.of(address)
                                : MacAddress.parse(mac)),
                interfaceName,
                "",
                0,
                "",
                network().driver(),
                device,
                join.gatewayPriority(),
                join.names(),
                Map.copyOf(join.links()));
    }

    BridgeDriver.Plug plug(Endpoint endpoint, boolean published) {
        return new BridgeDriver.Plug(
                bridge.index(), bridge.mtu(), endpoint, !zone.interContainer(), published);
    }
}
