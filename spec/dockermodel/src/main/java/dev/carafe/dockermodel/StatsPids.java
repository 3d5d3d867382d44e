package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// Processes and threads; part of {@link StatsResponse}.
@Json(caseInsensitiveKeys = true)
public record StatsPids(
        @Json.Property("current") @Nullable Long current,
        @Json.Property("limit") @Nullable Long limit) {}
