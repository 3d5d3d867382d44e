package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answer of `GET /volumes`.
@Json(caseInsensitiveKeys = true)
public record VolumeList(
        @Json.Property("Volumes") List<Volume> volumes,
        @Json.Property("Warnings") @Json.Serializer(StringsOrNull.class)
                @Nullable List<String> warnings) {}
