package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Driver of a volume that is made on the way.
@Json(caseInsensitiveKeys = true)
public record VolumeDriverConfig(
        @Json.Property("Name") @Nullable String name,
        @Json.Property("Options") @Nullable Map<String, String> options) {}
