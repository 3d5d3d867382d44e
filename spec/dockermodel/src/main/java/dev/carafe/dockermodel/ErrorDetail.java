package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// An error within a stream; part of {@link ProgressMessage}.
@Json(caseInsensitiveKeys = true)
public record ErrorDetail(
        @Json.Property("code") @Nullable Integer code, @Json.Property("message") String message) {}
