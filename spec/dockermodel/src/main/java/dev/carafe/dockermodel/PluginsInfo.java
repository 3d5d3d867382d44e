package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Names of built-in drivers; part of {@link Info}.
@Json(caseInsensitiveKeys = true)
public record PluginsInfo(
        @Json.Property("Volume") @Json.Serializer(StringsOrNull.class)
                @Nullable List<String> volume,
        @Json.Property("Network") @Json.Serializer(StringsOrNull.class)
                @Nullable List<String> network,
        @Json.Property("Authorization") @Json.Serializer(StringsOrNull.class)
                @Nullable List<String> authorization,
        @Json.Property("Log") @Json.Serializer(StringsOrNull.class) @Nullable List<String> log) {}
