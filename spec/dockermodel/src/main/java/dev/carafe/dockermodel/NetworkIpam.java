package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A network's address management.
@Json(caseInsensitiveKeys = true)
public record NetworkIpam(
        @Json.Property("Driver") String driver,
        @Json.Property("Options") @Json.Serializer(StringMapOrNull.class)
                @Nullable Map<String, String> options,
        @Json.Property("Config") @Nullable List<IpamPool> config) {}
