package dev.carafe.engine.config;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Limits and devices. 0, null and empty mean "no limit"; the names are those of the Engine API.
///
/// @param memorySwapBytes memory and swap together; -1: no limit; 0: twice the memory
/// @param nanoCpus billionths of a CPU; excludes quota and period
/// @param pidsLimit null, 0 or negative: no limit
@Json
public record ResourceConfig(
        long memoryBytes,
        long memorySwapBytes,
        long memoryReservationBytes,
        long kernelMemoryTcpBytes,
        @Nullable Long memorySwappiness,
        @Nullable Boolean oomKillDisable,
        int oomScoreAdj,
        long nanoCpus,
        long cpuShares,
        long cpuPeriodMicros,
        long cpuQuotaMicros,
        long cpuRealtimePeriodMicros,
        long cpuRealtimeRuntimeMicros,
        String cpusetCpus,
        String cpusetMems,
        @Nullable Long pidsLimit,
        int blkioWeight,
        List<WeightDevice> blkioWeightDevice,
        List<ThrottleDevice> blkioDeviceReadBps,
        List<ThrottleDevice> blkioDeviceWriteBps,
        List<ThrottleDevice> blkioDeviceReadIops,
        List<ThrottleDevice> blkioDeviceWriteIops,
        List<DeviceMapping> devices,
        List<String> deviceCgroupRules,
        List<DeviceRequest> deviceRequests,
        List<Ulimit> ulimits,
        Map<String, String> sysctls,
        String cgroupParent) {

    public static ResourceConfig unlimited() {
        return new ResourceConfig(
                0, 0, 0, 0, null, null, 0, 0, 0, 0, 0, 0, 0, "", "", null, 0, List.of(), List.of(),
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                Map.of(), "");
    }

    /// Unlimited but for these.
    public static ResourceConfig limits(long memoryBytes, long nanoCpus, @Nullable Long pidsLimit) {
        return new ResourceConfig(
                memoryBytes,
                0,
                0,
                0,
                null,
                null,
                0,
                nanoCpus,
                0,
                0,
                0,
                0,
                0,
                "",
                "",
                pidsLimit,
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                "");
    }

    @Json
    public record WeightDevice(String path, int weight) {}

    @Json
    public record ThrottleDevice(String path, long rate) {}

    /// @param permissions of `rwm`
    @Json
    public record DeviceMapping(String pathOnHost, String pathInContainer, String permissions) {}

    @Json
    public record DeviceRequest(
            String driver,
            int count,
            List<String> deviceIds,
            List<List<String>> capabilities,
            Map<String, String> options) {}

    /// @param name `nofile`, `core`, ...
    @Json
    public record Ulimit(String name, long soft, long hard) {}
}
