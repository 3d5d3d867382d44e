package dev.carafe.engine.config;

import io.avaje.jsonb.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/// Which networks a container joins (NetworkingConfig.EndpointsConfig).
///
/// @param endpoints by the network's name; names or ids as given, before a container is made of it
/// @param explicit these and no others; else the network of the mode when there are none
@Json
public record NetworkingConfig(Map<String, EndpointSettings> endpoints, boolean explicit) {
    public static NetworkingConfig none() {
        return new NetworkingConfig(Map.of(), false);
    }

    /// As a client asks for them.
    public static NetworkingConfig asked(Map<String, EndpointSettings> endpoints) {
        return new NetworkingConfig(endpoints, false);
    }

    public static NetworkingConfig exactly(Map<String, EndpointSettings> endpoints) {
        return new NetworkingConfig(endpoints, true);
    }

    public NetworkingConfig with(String network, EndpointSettings settings) {
        Map<String, EndpointSettings> all = new LinkedHashMap<>(endpoints);
        all.put(network, settings);
        return exactly(all);
    }

    public NetworkingConfig without(String network) {
        Map<String, EndpointSettings> all = new LinkedHashMap<>(endpoints);
        all.remove(network);
        return exactly(all);
    }
}
