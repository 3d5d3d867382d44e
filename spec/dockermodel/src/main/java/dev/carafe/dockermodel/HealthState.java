package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Results of a container's health checks.
@Json(caseInsensitiveKeys = true)
public record HealthState(
        @Json.Property("Status") String status,
        @Json.Property("FailingStreak") int failingStreak,
        @Json.Property("Log") @Nullable List<HealthResult> log) {}
