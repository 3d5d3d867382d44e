package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// CPU time in nanoseconds; part of {@link StatsCpu}.
///
/// @param percpuUsage with cgroup version 1 only
@Json(caseInsensitiveKeys = true)
public record StatsCpuUsage(
        @Json.Property("total_usage") long totalUsage,
        @Json.Property("percpu_usage") @Nullable List<Long> percpuUsage,
        @Json.Property("usage_in_kernelmode") long usageInKernelmode,
        @Json.Property("usage_in_usermode") long usageInUsermode) {}
