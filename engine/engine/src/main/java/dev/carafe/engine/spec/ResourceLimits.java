package dev.carafe.engine.spec;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.engine.config.ResourceConfig;
import dev.carafe.linux.cgroup.CgroupLimits;
import dev.carafe.oci.runtime.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From Docker's limits to the spec's.
public final class ResourceLimits {
    private static final long NANO_CPU_PERIOD_MICROS = 100_000;
    private static final long NANOS_PER_CPU = 1_000_000_000L;

    private ResourceLimits() {}

    static Resources of(ResourceConfig config, List<Resources.DeviceRule> devices) {
        Long pids = config.pidsLimit();
        return new Resources(
                devices,
                memory(config),
                cpu(config),
                pids == null || pids <= 0 ? null : new Resources.Pids(pids),
                blockIo(config),
                List.of(),
                null,
                Map.of(),
                Map.of());
    }

    /// What changes while it runs: 0, null and empty leave what is there. `-1` as memory with swap,
    /// or no more than 0 processes, take a limit away.
    public static CgroupLimits live(ResourceConfig c) {
        Resources.Cpu cpu = cpu(c);
        Long pids = c.pidsLimit();
        return new CgroupLimits(
                new CgroupLimits.MemoryLimits(
                        c.memoryBytes(),
                        c.memorySwapBytes(),
                        c.memoryReservationBytes(),
                        null,
                        null,
                        null),
                cpu == null
                        ? CgroupLimits.CpuLimits.NONE
                        : new CgroupLimits.CpuLimits(
                                cpu.shares(),
                                cpu.quota(),
                                cpu.period(),
                                null,
                                cpu.realtimeRuntime(),
                                cpu.realtimePeriod(),
                                null,
                                cpu.cpus(),
                                cpu.mems()),
                pids,
                new CgroupLimits.BlockLimits(
                        c.blkioWeight(),
                        c.blkioWeightDevice().stream()
                                .map(d -> live(d.path(), d.weight()))
                                .toList(),
                        live(c.blkioDeviceReadBps()),
                        live(c.blkioDeviceWriteBps()),
                        live(c.blkioDeviceReadIops()),
                        live(c.blkioDeviceWriteIops())),
                List.of(),
                Map.of(),
                Map.of());
    }

    private static List<CgroupLimits.DeviceValue> live(
            List<ResourceConfig.ThrottleDevice> devices) {
        return devices.stream().map(d -> live(d.path(), d.rate())).toList();
    }

    private static CgroupLimits.DeviceValue live(String path, long value) {
        long rdev = rdev(path);
        return new CgroupLimits.DeviceValue(
                (int) HostDevices.major(rdev), (int) HostDevices.minor(rdev), value);
    }

    private static Resources.@Nullable Memory memory(ResourceConfig c) {
        if (c.memoryBytes() == 0
                && c.memorySwapBytes() == 0
                && c.memoryReservationBytes() == 0
                && c.kernelMemoryTcpBytes() == 0
                && c.memorySwappiness() == null
                && c.oomKillDisable() == null) {
            return null;
        }
        Long swap = positive(c.memorySwapBytes());
        if (c.memorySwapBytes() == 0 && c.memoryBytes() > 0) {
            swap = 2 * c.memoryBytes();
        }
        Long swappiness = c.memorySwappiness();
        return new Resources.Memory(
                positive(c.memoryBytes()),
                positive(c.memoryReservationBytes()),
                swap,
                null,
                positive(c.kernelMemoryTcpBytes()),
                swappiness == null || swappiness < 0 ? null : swappiness,
                c.oomKillDisable(),
                null,
                null);
    }

    private static Resources.@Nullable Cpu cpu(ResourceConfig c) {
        Long quota = positive(c.cpuQuotaMicros());
        Long period = positive(c.cpuPeriodMicros());
        if (c.nanoCpus() > 0) {
            period = NANO_CPU_PERIOD_MICROS;
            quota = c.nanoCpus() * NANO_CPU_PERIOD_MICROS / NANOS_PER_CPU;
        }
        Long shares = positive(c.cpuShares());
        Long runtime = positive(c.cpuRealtimeRuntimeMicros());
        Long realtimePeriod = positive(c.cpuRealtimePeriodMicros());
        String cpus = c.cpusetCpus().isEmpty() ? null : c.cpusetCpus();
        String mems = c.cpusetMems().isEmpty() ? null : c.cpusetMems();
        boolean none =
                quota == null
                        && period == null
                        && shares == null
                        && runtime == null
                        && realtimePeriod == null
                        && cpus == null
                        && mems == null;
        return none
                ? null
                : new Resources.Cpu(
                        shares, quota, null, period, runtime, realtimePeriod, cpus, mems, null);
    }

    private static Resources.@Nullable BlockIo blockIo(ResourceConfig c) {
        if (c.blkioWeight() == 0
                && c.blkioWeightDevice().isEmpty()
                && c.blkioDeviceReadBps().isEmpty()
                && c.blkioDeviceWriteBps().isEmpty()
                && c.blkioDeviceReadIops().isEmpty()
                && c.blkioDeviceWriteIops().isEmpty()) {
            return null;
        }
        return new Resources.BlockIo(
                c.blkioWeight() == 0 ? null : c.blkioWeight(),
                null,
                c.blkioWeightDevice().stream().map(d -> weight(d)).toList(),
                throttle(c.blkioDeviceReadBps()),
                throttle(c.blkioDeviceWriteBps()),
                throttle(c.blkioDeviceReadIops()),
                throttle(c.blkioDeviceWriteIops()));
    }

    private static Resources.WeightDevice weight(ResourceConfig.WeightDevice d) {
        long rdev = rdev(d.path());
        return new Resources.WeightDevice(
                HostDevices.major(rdev), HostDevices.minor(rdev), d.weight(), null);
    }

    private static List<Resources.ThrottleDevice> throttle(
            List<ResourceConfig.ThrottleDevice> devices) {
        return devices.stream()
                .map(d -> {
                    long rdev = rdev(d.path());
                    return new Resources.ThrottleDevice(
                            HostDevices.major(rdev), HostDevices.minor(rdev), d.rate());
                })
                .toList();
    }

    private static long rdev(String path) {
        try {
            return (Long) Files.getAttribute(Path.of(path), "unix:rdev");
        } catch (IOException e) {
            throw new InvalidArgument(Subject.NONE, "no such device: " + path, e);
        }
    }

    /// 0 means "not set" on Docker's wire; -1 means "no limit" and is passed on.
    private static @Nullable Long positive(long value) {
        return value == 0 ? null : value;
    }
}
