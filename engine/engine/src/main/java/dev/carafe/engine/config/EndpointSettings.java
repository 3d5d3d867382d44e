package dev.carafe.engine.config;

import io.avaje.jsonb.Json;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a client asks of one network of a container.
@Json
@RecordBuilder
public record EndpointSettings(
        @Nullable String ipv4Address,
        @Nullable String ipv6Address,
        List<String> linkLocalIps,
        List<String> aliases,
        List<String> links,
        @Nullable String macAddress,
        Map<String, String> driverOptions,
        int gatewayPriority)
        implements EndpointSettingsBuilder.With {

    public static EndpointSettings none() {
        return new EndpointSettings(null, null, List.of(), List.of(), List.of(), null, Map.of(), 0);
    }
}
