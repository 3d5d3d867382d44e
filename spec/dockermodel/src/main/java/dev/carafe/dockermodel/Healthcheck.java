package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How to ask a container whether it is well. Times are nanoseconds; 0 or null = inherit.
@Json(caseInsensitiveKeys = true)
public record Healthcheck(
        @Json.Property("Test") @Nullable List<String> test,
        @Json.Property("Interval") @Nullable Long interval,
        @Json.Property("Timeout") @Nullable Long timeout,
        @Json.Property("StartPeriod") @Nullable Long startPeriod,
        @Json.Property("StartInterval") @Nullable Long startInterval,
        @Json.Property("Retries") @Nullable Integer retries) {}
