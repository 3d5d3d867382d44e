package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Body of `POST /volumes/create`.
@Json(caseInsensitiveKeys = true)
public record VolumeCreateRequest(
        @Json.Property("Name") @Nullable String name,
        @Json.Property("Driver") @Nullable String driver,
        @Json.Property("DriverOpts") @Nullable Map<String, String> driverOpts,
        @Json.Property("Labels") @Nullable Map<String, String> labels) {}
