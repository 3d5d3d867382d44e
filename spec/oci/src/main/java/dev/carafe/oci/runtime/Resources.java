package dev.carafe.oci.runtime;

import io.avaje.jsonb.Json;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Limits of the container's cgroup (runtime-spec config-linux.md#control-groups). What is null is
/// left as the kernel has it.
///
/// @param unified files of cgroup v2 and what to write into them
@Json
@RecordBuilder
public record Resources(
        List<DeviceRule> devices,
        @Nullable Memory memory,
        @Nullable Cpu cpu,
        @Nullable Pids pids,
        @Nullable BlockIo blockIO,
        List<HugepageLimit> hugepageLimits,
        @Nullable Network network,
        Map<String, Rdma> rdma,
        Map<String, String> unified)
        implements ResourcesBuilder.With {
    public static final Resources NONE =
            new Resources(List.of(), null, null, null, null, List.of(), null, Map.of(), Map.of());

    public Resources {
        devices = Lists.copy(devices);
        hugepageLimits = Lists.copy(hugepageLimits);
        rdma = Lists.copy(rdma);
        unified = Lists.copy(unified);
    }

    /// @param type `a`, `b` or `c`; null for all
    /// @param major null for all, as minor
    /// @param access of `r`, `w`, `m`; null for all
    @Json
    public record DeviceRule(
            boolean allow,
            @Nullable String type,
            @Nullable Long major,
            @Nullable Long minor,
            @Nullable String access) {}

    /// Bytes; -1 for no limit.
    ///
    /// @param swap memory and swap together
    @Json
    public record Memory(
            @Nullable Long limit,
            @Nullable Long reservation,
            @Nullable Long swap,
            @Nullable Long kernel,
            @Nullable Long kernelTCP,
            @Nullable Long swappiness,
            @Nullable Boolean disableOOMKiller,
            @Nullable Boolean useHierarchy,
            @Nullable Boolean checkBeforeUpdate) {}

    /// Times in microseconds.
    @Json
    public record Cpu(
            @Nullable Long shares,
            @Nullable Long quota,
            @Nullable Long burst,
            @Nullable Long period,
            @Nullable Long realtimeRuntime,
            @Nullable Long realtimePeriod,
            @Nullable String cpus,
            @Nullable String mems,
            @Nullable Long idle) {}

    /// @param limit number of tasks, 0 or less for none
    @Json
    public record Pids(@Nullable Long limit) {}

    /// Weights of 10 to 1000, rates per second.
    @Json
    public record BlockIo(
            @Nullable Integer weight,
            @Nullable Integer leafWeight,
            List<WeightDevice> weightDevice,
            List<ThrottleDevice> throttleReadBpsDevice,
            List<ThrottleDevice> throttleWriteBpsDevice,
            List<ThrottleDevice> throttleReadIOPSDevice,
            List<ThrottleDevice> throttleWriteIOPSDevice) {
        public BlockIo {
            weightDevice = Lists.copy(weightDevice);
            throttleReadBpsDevice = Lists.copy(throttleReadBpsDevice);
            throttleWriteBpsDevice = Lists.copy(throttleWriteBpsDevice);
            throttleReadIOPSDevice = Lists.copy(throttleReadIOPSDevice);
            throttleWriteIOPSDevice = Lists.copy(throttleWriteIOPSDevice);
        }
    }

    @Json
    public record WeightDevice(
            long major, long minor, @Nullable Integer weight, @Nullable Integer leafWeight) {}

    @Json
    public record ThrottleDevice(long major, long minor, long rate) {}

    /// @param pageSize as `2MB`
    /// @param limit bytes
    @Json
    public record HugepageLimit(String pageSize, long limit) {}

    @Json
    public record Network(@Nullable Long classID, List<Priority> priorities) {
        public Network {
            priorities = Lists.copy(priorities);
        }
    }

    @Json
    public record Priority(String name, long priority) {}

    @Json
    public record Rdma(@Nullable Long hcaHandles, @Nullable Long hcaObjects) {}
}
