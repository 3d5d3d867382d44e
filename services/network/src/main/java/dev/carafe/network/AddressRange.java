package dev.carafe.network;

import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A network's addresses of one family, those of IPv6 as stored.
///
/// @param ipRange the part of the subnet that addresses are taken from, or null: all of it
@Json
record AddressRange(
        String subnet, @Nullable String ipRange, String gateway, Map<String, String> aux) {
    AddressRange {
        aux = aux == null ? Map.of() : Map.copyOf(aux);
    }

    Network.Ipam shown() {
        return new Network.Ipam(subnet, ipRange, gateway, aux);
    }
}
