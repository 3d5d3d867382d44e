package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The networks a new container joins, by name.
@Json(caseInsensitiveKeys = true)
public record NetworkingConfig(
        @Json.Property("EndpointsConfig")
                @Nullable Map<String, EndpointSettings> endpointsConfig) {}
