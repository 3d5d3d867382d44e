package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;

/// A resource limit; -1 = none.
@Json(caseInsensitiveKeys = true)
public record Ulimit(
        @Json.Property("Name") String name,
        @Json.Property("Hard") long hard,
        @Json.Property("Soft") long soft) {}
