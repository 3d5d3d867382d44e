package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// CPU counters; part of {@link StatsResponse}.
///
/// @param systemCpuUsage nanoseconds of the whole machine
@Json(caseInsensitiveKeys = true)
public record StatsCpu(
        @Json.Property("cpu_usage") StatsCpuUsage cpuUsage,
        @Json.Property("system_cpu_usage") @Nullable Long systemCpuUsage,
        @Json.Property("online_cpus") @Nullable Integer onlineCpus,
        @Json.Property("throttling_data") StatsThrottling throttlingData) {}
