package dev.carafe.network;

import java.net.InetAddress;

/// Where a bridge is in one family's addresses.
///
/// @param gateway the bridge's own address
record Place(Subnet subnet, InetAddress gateway) {
    static Place first(Subnet subnet) {
        return new Place(subnet, subnet.second());
    }

    boolean isIn(AddressRange range) {
        return subnet.equals(Subnet.parse(range.subnet()));
    }

    IpFamily family() {
        return subnet.family();
    }
}
