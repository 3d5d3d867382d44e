package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;

/// Answer of calls that make a thing.
@Json(caseInsensitiveKeys = true)
public record IdResponse(@Json.Property("Id") String id) {}
