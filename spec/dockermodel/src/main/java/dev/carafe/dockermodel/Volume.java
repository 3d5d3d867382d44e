package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A volume.
@Json(caseInsensitiveKeys = true)
public record Volume(
        @Json.Property("CreatedAt") @Nullable String createdAt,
        @Json.Property("Driver") String driver,
        @Json.Property("Labels") @Json.Serializer(StringMapOrNull.class)
                @Nullable Map<String, String> labels,
        @Json.Property("Mountpoint") String mountpoint,
        @Json.Property("Name") String name,
        @Json.Property("Options") @Json.Serializer(StringMapOrNull.class)
                @Nullable Map<String, String> options,
        @Json.Property("Scope") String scope,
        @Json.Property("Status") @Nullable Map<String, Object> status,
        @Json.Property("UsageData") @Nullable VolumeUsage usageData) {}
