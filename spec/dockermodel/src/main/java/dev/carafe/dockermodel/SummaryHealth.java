package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;

/// What a list tells of a container's health, since API 1.52.
///
/// @param status none, starting, healthy, unhealthy
@Json(caseInsensitiveKeys = true)
public record SummaryHealth(
        @Json.Property("Status") String status,
        @Json.Property("FailingStreak") int failingStreak) {}
