package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// Answer of `POST /auth`.
@Json(caseInsensitiveKeys = true)
public record AuthResponse(
        @Json.Property("Status") String status,
        @Json.Property("IdentityToken") @Nullable String identityToken) {}
