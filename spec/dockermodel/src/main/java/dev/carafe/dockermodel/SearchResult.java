package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;

/// An item of the answer of `GET /images/search`.
@Json(caseInsensitiveKeys = true)
public record SearchResult(
        @Json.Property("star_count") int starCount,
        @Json.Property("is_official") boolean isOfficial,
        String name,
        @Json.Property("is_automated") boolean isAutomated,
        String description) {}
