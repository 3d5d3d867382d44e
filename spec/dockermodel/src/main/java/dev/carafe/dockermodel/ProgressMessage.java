package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// One line of a progress stream (load, import, pull, build).
@Json(caseInsensitiveKeys = true)
public record ProgressMessage(
        @Json.Property("stream") @Nullable String stream,
        @Json.Property("status") @Nullable String status,
        @Json.Property("progressDetail") @Nullable ProgressDetail progressDetail,
        @Json.Property("progress") @Nullable String progress,
        @Json.Property("id") @Nullable String id,
        @Json.Property("error") @Nullable String error,
        @Json.Property("errorDetail") @Nullable ErrorDetail errorDetail,
        @Json.Property("aux") @Nullable Object aux) {}
