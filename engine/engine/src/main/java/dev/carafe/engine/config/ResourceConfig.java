package dev.carafe.engine.config;

import dev.carafe.base.Conflict;
import io.avaje.jsonb.Json;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Limits and devices. 0, null and empty mean "no limit"; the names are those of the Engine API.
///
/// @param memorySwapBytes memory and swap together; -1: no limit; 0: twice the memory
/// @param nanoCpus billionths of a CPU; excludes quota and period
/// @param pidsLimit null, 0 or negative: no limit
@Json
@RecordBuilder
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
        String cgroupParent)
        implements ResourceConfigBuilder.With {

    public static ResourceConfig unlimited() {
        return new ResourceConfig(
                0, 0, 0, 0, null, null, 0, 0, 0, 0, 0, 0, 0, "", "", null, 0, List.of(), List.of(),
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                Map.of(), "");
    }

    /// Unlimited but for these.
    public static ResourceConfig limits(long memoryBytes, long nanoCpus, @Nullable Long pidsLimit) {
        return unlimited()
                .with()
                .memoryBytes(memoryBytes)
                .nanoCpus(nanoCpus)
                .pidsLimit(pidsLimit)
                .build();
    }

    /// As it is after an update: what the update leaves out stays.
    ///
    /// @throws Conflict when both together can't be, with Docker's sentence
    public ResourceConfig changedBy(ResourceConfig update) {
        check(update);
        return new ResourceConfig(
                or(update.memoryBytes, memoryBytes),
                or(update.memorySwapBytes, memorySwapBytes),
                or(update.memoryReservationBytes, memoryReservationBytes),
                kernelMemoryTcpBytes,
                memorySwappiness,
                oomKillDisable,
                oomScoreAdj,
                or(update.nanoCpus, nanoCpus),
                or(update.cpuShares, cpuShares),
                or(update.cpuPeriodMicros, cpuPeriodMicros),
                or(update.cpuQuotaMicros, cpuQuotaMicros),
                or(update.cpuRealtimePeriodMicros, cpuRealtimePeriodMicros),
                or(update.cpuRealtimeRuntimeMicros, cpuRealtimeRuntimeMicros),
                update.cpusetCpus.isEmpty() ? cpusetCpus : update.cpusetCpus,
                update.cpusetMems.isEmpty() ? cpusetMems : update.cpusetMems,
                update.pidsLimit == null ? pidsLimit : Long.valueOf(Math.max(0, update.pidsLimit)),
                update.blkioWeight == 0 ? blkioWeight : update.blkioWeight,
                or(update.blkioWeightDevice, blkioWeightDevice),
                or(update.blkioDeviceReadBps, blkioDeviceReadBps),
                or(update.blkioDeviceWriteBps, blkioDeviceWriteBps),
                or(update.blkioDeviceReadIops, blkioDeviceReadIops),
                or(update.blkioDeviceWriteIops, blkioDeviceWriteIops),
                devices,
                deviceCgroupRules,
                deviceRequests,
                ulimits,
                sysctls,
                cgroupParent);
    }

    private void check(ResourceConfig update) {
        if (update.nanoCpus > 0 && cpuPeriodMicros > 0) {
            throw conflict("Nano CPUs cannot be updated as CPU Period has already been set");
        }
        if (update.nanoCpus > 0 && cpuQuotaMicros > 0) {
            throw conflict("Nano CPUs cannot be updated as CPU Quota has already been set");
        }
        if (update.cpuPeriodMicros > 0 && nanoCpus > 0) {
            throw conflict("CPU Period cannot be updated as NanoCPUs has already been set");
        }
        if (update.cpuQuotaMicros > 0 && nanoCpus > 0) {
            throw conflict("CPU Quota cannot be updated as NanoCPUs has already been set");
        }
        if (update.memoryBytes != 0
                && update.memorySwapBytes == 0
                && update.memoryBytes > memorySwapBytes) {
            throw new Conflict(
                    "Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time");
        }
    }

    private static Conflict conflict(String what) {
        return new Conflict("Conflicting options: " + what);
    }

    private static long or(long update, long before) {
        return update == 0 ? before : update;
    }

    private static <T> List<T> or(List<T> update, List<T> before) {
        return update.isEmpty() ? before : update;
    }

    /// Docker's: memory and swap are twice the memory where only that was asked for.
    ResourceConfig withSwap() {
        return memoryBytes > 0 && memorySwapBytes == 0
                ? withMemorySwapBytes(2 * memoryBytes)
                : this;
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
