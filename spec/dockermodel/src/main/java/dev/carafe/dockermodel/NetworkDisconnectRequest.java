package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// Body of `POST /networks/{id}/disconnect`.
@Json(caseInsensitiveKeys = true)
public record NetworkDisconnectRequest(
        @Json.Property("Container") @Nullable String container,
        @Json.Property("Force") @Nullable Boolean force) {}
