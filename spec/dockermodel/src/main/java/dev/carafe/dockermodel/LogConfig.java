package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Log driver and its options.
@Json(caseInsensitiveKeys = true)
public record LogConfig(
        @Json.Property("Type") String type,
        @Json.Property("Config") @Nullable Map<String, String> config) {}
