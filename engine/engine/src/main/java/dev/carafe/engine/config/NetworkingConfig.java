package dev.carafe.engine.config;

import io.avaje.jsonb.Json;
import java.util.Map;

/// Which networks a container joins, by name or id (NetworkingConfig.EndpointsConfig).
@Json
public record NetworkingConfig(Map<String, EndpointSettings> endpoints) {
    public static NetworkingConfig none() {
        return new NetworkingConfig(Map.of());
    }
}
