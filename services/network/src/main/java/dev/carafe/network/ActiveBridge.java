package dev.carafe.network;

import dev.carafe.network.BridgeSetup.Active;
import dev.carafe.network.Firewall.Zone;
import org.jspecify.annotations.Nullable;

/// A bridge network that is up: its device, what the rules know of it, and its addresses in use.
record ActiveBridge(Active bridge, Zone zone, AddressAllocator addresses) {
    static ActiveBridge of(Active bridge, NetworkOptions options) {
        NetworkRecord network = bridge.network();
        boolean standard = network.name().equals("bridge");
        String range = network.ipRange();
        Zone zone =
                new Zone(
                        deviceOf(network),
                        bridge.subnet(),
                        network.flag("enable_ip_masquerade", !standard || options.masquerade())
                                && !network.internal(),
                        network.flag("enable_icc", !standard || options.interContainer()),
                        network.internal());
        AddressAllocator addresses =
                new AddressAllocator(
                        bridge.subnet(),
                        range == null ? bridge.subnet() : Subnet.parse(range),
                        bridge.gateway());
        return new ActiveBridge(bridge, zone, addresses);
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
    Endpoint endpoint(String endpointId, int address, byte[] mac) {
        return new Endpoint(
                network().id(),
                network().name(),
                endpointId,
                Subnet.format(address),
                bridge.subnet().prefixLength(),
                network().internal() ? "" : Subnet.format(bridge.gateway()),
                MacAddress.format(mac),
                BridgeDriver.CONTAINER_DEVICE);
    }

    BridgeDriver.Plug plug(int address, byte[] mac, boolean published) {
        return new BridgeDriver.Plug(
                bridge.index(),
                bridge.mtu(),
                address,
                bridge.subnet().prefixLength(),
                bridge.gateway(),
                mac,
                !zone.interContainer(),
                published,
                !network().internal());
    }
}
