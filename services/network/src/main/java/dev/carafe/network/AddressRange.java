package dev.carafe.network;

import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Some of a network's addresses, of one family.
///
/// @param ipRange the part of the subnet that addresses are taken from, or null: all of it
@Json
record AddressRange(
        String subnet, @Nullable String ipRange, String gateway, Map<String, String> aux) {
    AddressRange {
        aux = aux == null ? Map.of() : Map.copyOf(aux);
    }

    IpFamily family() {
        return Subnet.parse(subnet).family();
    }

    Place place() {
        return new Place(Subnet.parse(subnet), Addresses.parse(gateway));
    }

    Network.Ipam shown() {
        return new Network.Ipam(subnet, ipRange, gateway, aux);
    }
}
