package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// How far a step is; part of {@link ProgressMessage}.
@Json(caseInsensitiveKeys = true)
public record ProgressDetail(
        @Json.Property("current") @Nullable Long current,
        @Json.Property("total") @Nullable Long total) {}
