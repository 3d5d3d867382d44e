package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One part of the engine; part of {@link Version}.
@Json(caseInsensitiveKeys = true)
public record VersionComponent(
        @Json.Property("Name") String name,
        @Json.Property("Version") String version,
        @Json.Property("Details") @Nullable Map<String, String> details) {}
