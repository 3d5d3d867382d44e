package dev.carafe.engine.config;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a client asks of one network of a container.
@Json
public record EndpointSettings(
        @Nullable String ipv4Address,
        @Nullable String ipv6Address,
        List<String> linkLocalIps,
        List<String> aliases,
        List<String> links,
        @Nullable String macAddress,
        Map<String, String> driverOptions,
        int gatewayPriority) {

    public static EndpointSettings none() {
        return new EndpointSettings(null, null, List.of(), List.of(), List.of(), null, Map.of(), 0);
    }

    public EndpointSettings withMacAddress(String address) {
        return new EndpointSettings(
                ipv4Address,
                ipv6Address,
                linkLocalIps,
                aliases,
                links,
                address,
                driverOptions,
                gatewayPriority);
    }
}
