package dev.carafe.linux.cgroup;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a group may use; null (or an empty list) is "leave as it is". Numbers are in the units of
/// version 1, as the OCI spec gives them, and converted where version 2 differs. -1 stands for no
/// limit; 0 for memory, CPU time, shares and block weight is "leave as it is" too, as the OCI
/// spec's users mean it.
///
/// @param pidsMax processes and threads; -1 and 0 mean no limit
/// @param devices applied in order, the last match wins; empty leaves access alone
/// @param hugepageBytes page size as the kernel names it (`2MB`) -> bytes
/// @param unified version 2 file -> value, written last; refused on version 1
public record CgroupLimits(
        MemoryLimits memory,
        CpuLimits cpu,
        @Nullable Long pidsMax,
        BlockLimits block,
        List<DeviceRule> devices,
        Map<String, Long> hugepageBytes,
        Map<String, String> unified) {
    /// Changes nothing.
    public static final CgroupLimits NONE =
            new CgroupLimits(
                    MemoryLimits.NONE,
                    CpuLimits.NONE,
                    null,
                    BlockLimits.NONE,
                    List.of(),
                    Map.of(),
                    Map.of());

    public CgroupLimits {
        devices = List.copyOf(devices);
        hugepageBytes = Map.copyOf(hugepageBytes);
        unified = Map.copyOf(unified);
    }

    /// Memory in bytes.
    ///
    /// @param memorySwap memory and swap together
    /// @param reservation what reclaim tries to leave it under pressure
    /// @param swappiness 0 to 100; version 1 only
    /// @param oomKillDisable processes wait instead of being killed; version 1 only
    public record MemoryLimits(
            @Nullable Long limit,
            @Nullable Long memorySwap,
            @Nullable Long reservation,
            @Nullable Long kernelTcp,
            @Nullable Long swappiness,
            @Nullable Boolean oomKillDisable) {
        public MemoryLimits {
            limit = notZero(limit);
            memorySwap = notZero(memorySwap);
            reservation = notZero(reservation);
            kernelTcp = notZero(kernelTcp);
        }

        public static final MemoryLimits NONE =
                new MemoryLimits(null, null, null, null, null, null);
    }

    /// CPU time; `...Micros` are microseconds.
    ///
    /// @param shares relative weight, 2 to 262144, 1024 being usual
    /// @param cpus list format such as `0-3,7`; null or empty leaves it
    public record CpuLimits(
            @Nullable Long shares,
            @Nullable Long quotaMicros,
            @Nullable Long periodMicros,
            @Nullable Long burstMicros,
            @Nullable Long realtimeRuntimeMicros,
            @Nullable Long realtimePeriodMicros,
            @Nullable Long idle,
            @Nullable String cpus,
            @Nullable String mems) {
        public CpuLimits {
            shares = notZero(shares);
            quotaMicros = notZero(quotaMicros);
            periodMicros = notZero(periodMicros);
            realtimeRuntimeMicros = notZero(realtimeRuntimeMicros);
            realtimePeriodMicros = notZero(realtimePeriodMicros);
        }

        public static final CpuLimits NONE =
                new CpuLimits(null, null, null, null, null, null, null, null, null);
    }

    /// Block devices: weights 10 to 1000, rates per second.
    public record BlockLimits(
            @Nullable Integer weight,
            List<DeviceValue> deviceWeights,
            List<DeviceValue> readBytes,
            List<DeviceValue> writeBytes,
            List<DeviceValue> readOperations,
            List<DeviceValue> writeOperations) {
        public static final BlockLimits NONE =
                new BlockLimits(null, List.of(), List.of(), List.of(), List.of(), List.of());

        public BlockLimits {
            weight = weight != null && weight == 0 ? null : weight;
            deviceWeights = List.copyOf(deviceWeights);
            readBytes = List.copyOf(readBytes);
            writeBytes = List.copyOf(writeBytes);
            readOperations = List.copyOf(readOperations);
            writeOperations = List.copyOf(writeOperations);
        }
    }

    private static @Nullable Long notZero(@Nullable Long value) {
        return value != null && value == 0 ? null : value;
    }

    /// A value for one block device.
    public record DeviceValue(int major, int minor, long value) {}

    /// Allows or denies access to device nodes.
    ///
    /// @param type `a` (both), `b` or `c`
    /// @param major null for any
    /// @param minor null for any
    /// @param access letters of `rwm`: read, write, mknod
    public record DeviceRule(
            boolean allow,
            char type,
            @Nullable Integer major,
            @Nullable Integer minor,
            String access) {
        public DeviceRule {
            if (type != 'a' && type != 'b' && type != 'c') {
                throw new IllegalArgumentException("device type " + type);
            }
            if (access.isEmpty()
                    || !access.chars().allMatch(c -> c == 'r' || c == 'w' || c == 'm')) {
                throw new IllegalArgumentException("device access " + access);
            }
        }

        /// `c 1:3 rwm`, the form of devices.allow.
        @Override
        public String toString() {
            return type
                    + " "
                    + (major == null ? "*" : major)
                    + ":"
                    + (minor == null ? "*" : minor)
                    + " "
                    + access;
        }
    }
}
