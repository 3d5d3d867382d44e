package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Memory in bytes; part of {@link StatsResponse}.
///
/// @param maxUsage with cgroup version 1 only
/// @param stats memory.stat
@Json(caseInsensitiveKeys = true)
public record StatsMemory(
        @Json.Property("usage") @Nullable Long usage,
        @Json.Property("max_usage") @Nullable Long maxUsage,
        @Json.Property("stats") @Nullable Map<String, Long> stats,
        @Json.Property("failcnt") @Nullable Long failcnt,
        @Json.Property("limit") @Nullable Long limit) {}
