package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Devices asked for by property (GPUs, CDI names).
@Json(caseInsensitiveKeys = true)
public record DeviceRequest(
        @Json.Property("Driver") @Nullable String driver,
        @Json.Property("Count") int count,
        @Json.Property("DeviceIDs") @Json.Serializer(StringsOrNull.class)
                @Nullable List<String> deviceIds,
        @Json.Property("Capabilities") @Nullable List<List<String>> capabilities,
        @Json.Property("Options") @Json.Serializer(StringMapOrNull.class)
                @Nullable Map<String, String> options) {}
