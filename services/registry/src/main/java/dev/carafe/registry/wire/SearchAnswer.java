package dev.carafe.registry.wire;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answer of `GET /v1/search`.
@Json
public record SearchAnswer(@Nullable List<Result> results) {
    @Json
    public record Result(
            @Nullable String name,
            @Nullable String description,
            @Json.Property("star_count") int starCount,
            @Json.Property("is_official") boolean isOfficial,
            @Json.Property("is_automated") boolean isAutomated) {}
}
