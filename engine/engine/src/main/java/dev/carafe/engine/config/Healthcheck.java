package dev.carafe.engine.config;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How to ask a container whether it is well. Null durations take Docker's defaults.
///
/// @param test empty: the image's; `NONE`; `CMD` and arguments; `CMD-SHELL` and one string
@Json
public record Healthcheck(
        List<String> test,
        @Nullable Long intervalNanos,
        @Nullable Long timeoutNanos,
        @Nullable Long startPeriodNanos,
        @Nullable Long startIntervalNanos,
        @Nullable Integer retries) {}
