package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One object of `GET /containers/{id}/stats`.
///
/// @param name with a leading slash
/// @param read when, RFC3339Nano; Go's zero time for a container that does not run
/// @param preread when precpuStats was read
/// @param osType from API 1.52 on
@Json(caseInsensitiveKeys = true)
public record StatsResponse(
        @Json.Property("name") String name,
        @Json.Property("id") String id,
        @Json.Property("os_type") @Nullable String osType,
        @Json.Property("read") String read,
        @Json.Property("preread") String preread,
        @Json.Property("pids_stats") StatsPids pidsStats,
        @Json.Property("blkio_stats") StatsBlkio blkioStats,
        @Json.Property("num_procs") int numProcs,
        @Json.Property("storage_stats") Empty storageStats,
        @Json.Property("cpu_stats") StatsCpu cpuStats,
        @Json.Property("precpu_stats") StatsCpu precpuStats,
        @Json.Property("memory_stats") StatsMemory memoryStats,
        @Json.Property("networks") @Nullable Map<String, StatsNetwork> networks) {}
