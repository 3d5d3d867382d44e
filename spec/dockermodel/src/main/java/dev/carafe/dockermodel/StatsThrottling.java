package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;

/// How often a CPU quota was in the way; part of {@link StatsCpu}.
///
/// @param throttledTime nanoseconds
@Json(caseInsensitiveKeys = true)
public record StatsThrottling(
        @Json.Property("periods") long periods,
        @Json.Property("throttled_periods") long throttledPeriods,
        @Json.Property("throttled_time") long throttledTime) {}
