package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;

/// Body of every answer that is not a success.
@Json(caseInsensitiveKeys = true)
public record ErrorResponse(@Json.Property("message") String message) {}
