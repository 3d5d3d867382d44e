package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the root file system comes from.
@Json(caseInsensitiveKeys = true)
public record GraphDriver(
        @Json.Property("Data") @Json.Serializer(StringMapOrNull.class)
                @Nullable Map<String, String> data,
        @Json.Property("Name") String name) {}
