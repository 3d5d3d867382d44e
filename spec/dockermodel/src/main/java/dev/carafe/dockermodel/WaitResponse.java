package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// Answer of `POST /containers/{id}/wait`.
@Json(caseInsensitiveKeys = true)
public record WaitResponse(
        @Json.Property("StatusCode") long statusCode,
        @Json.Property("Error") @Nullable WaitError error) {}
