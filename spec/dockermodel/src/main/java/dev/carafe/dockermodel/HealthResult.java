package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;

/// One health check's result.
@Json(caseInsensitiveKeys = true)
public record HealthResult(
        @Json.Property("Start") String start,
        @Json.Property("End") String end,
        @Json.Property("ExitCode") int exitCode,
        @Json.Property("Output") String output) {}
