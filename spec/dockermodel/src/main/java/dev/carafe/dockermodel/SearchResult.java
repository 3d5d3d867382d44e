package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;

/// One line of `GET /images/search`.
@Json(caseInsensitiveKeys = true)
public record SearchResult(
        @Json.Property("star_count") int star_count,
        @Json.Property("is_official") boolean is_official,
        @Json.Property("name") String name,
        @Json.Property("is_automated") boolean is_automated,
        @Json.Property("description") String description) {}
