package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;

/// Answer of `POST /networks/create`.
@Json(caseInsensitiveKeys = true)
public record NetworkCreateResponse(
        @Json.Property("Id") String id, @Json.Property("Warning") String warning) {}
