package dev.carafe.runtime;

import dev.carafe.linux.cgroup.CgroupLimits;
import dev.carafe.linux.cgroup.CgroupLimits.BlockLimits;
import dev.carafe.linux.cgroup.CgroupLimits.CpuLimits;
import dev.carafe.linux.cgroup.CgroupLimits.DeviceRule;
import dev.carafe.linux.cgroup.CgroupLimits.DeviceValue;
import dev.carafe.linux.cgroup.CgroupLimits.MemoryLimits;
import dev.carafe.oci.runtime.Resources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The spec's resources in the words of control groups.
final class Limits {
    private static final int WEIGHT_UNSET = 0;

    private Limits() {}

    static CgroupLimits of(@Nullable Resources resources) {
        if (resources == null) {
            return CgroupLimits.NONE;
        }
        Map<String, Long> hugepages = new HashMap<>();
        resources.hugepageLimits().forEach(h -> hugepages.put(h.pageSize(), h.limit()));
        return new CgroupLimits(
                memory(resources.memory()),
                cpu(resources.cpu()),
                resources.pids() == null ? null : resources.pids().limit(),
                block(resources.blockIO()),
                devices(resources.devices()),
                hugepages,
                resources.unified());
    }

    private static MemoryLimits memory(Resources.@Nullable Memory m) {
        return m == null
                ? MemoryLimits.NONE
                : new MemoryLimits(
                        m.limit(),
                        m.swap(),
                        m.reservation(),
                        m.kernelTCP(),
                        m.swappiness(),
                        m.disableOOMKiller());
    }

    private static CpuLimits cpu(Resources.@Nullable Cpu c) {
        return c == null
                ? CpuLimits.NONE
                : new CpuLimits(
                        c.shares(),
                        c.quota(),
                        c.period(),
                        c.burst(),
                        c.realtimeRuntime(),
                        c.realtimePeriod(),
                        c.idle(),
                        c.cpus(),
                        c.mems());
    }

    private static BlockLimits block(Resources.@Nullable BlockIo b) {
        if (b == null) {
            return BlockLimits.NONE;
        }
        List<DeviceValue> weights = new ArrayList<>();
        for (Resources.WeightDevice each : b.weightDevice()) {
            if (each.weight() != null) {
                weights.add(new DeviceValue((int) each.major(), (int) each.minor(), each.weight()));
            }
        }
        Integer weight = b.weight() != null && b.weight() == WEIGHT_UNSET ? null : b.weight();
        return new BlockLimits(
                weight,
                weights,
                rates(b.throttleReadBpsDevice()),
                rates(b.throttleWriteBpsDevice()),
                rates(b.throttleReadIOPSDevice()),
                rates(b.throttleWriteIOPSDevice()));
    }

    private static List<DeviceValue> rates(List<Resources.ThrottleDevice> devices) {
        return devices.stream()
                .map(d -> new DeviceValue((int) d.major(), (int) d.minor(), d.rate()))
                .toList();
    }

    /// The rules as given and then, as every runtime does, the devices no program works without.
    private static List<DeviceRule> devices(List<Resources.DeviceRule> rules) {
        if (rules.isEmpty()) {
            return List.of();
        }
        List<DeviceRule> all = new ArrayList<>();
        for (Resources.DeviceRule rule : rules) {
            String type = rule.type() == null || rule.type().isEmpty() ? "a" : rule.type();
            String access =
                    rule.access() == null || rule.access().isEmpty() ? "rwm" : rule.access();
            all.add(
                    new DeviceRule(
                            rule.allow(),
                            type.charAt(0),
                            any(rule.major()),
                            any(rule.minor()),
                            access));
        }
        all.add(new DeviceRule(true, 'c', null, null, "m"));
        all.add(new DeviceRule(true, 'b', null, null, "m"));
        for (int[] device :
                new int[][] {{1, 3}, {1, 5}, {1, 7}, {1, 8}, {1, 9}, {5, 0}, {5, 1}, {5, 2}}) {
            all.add(new DeviceRule(true, 'c', device[0], device[1], "rwm"));
        }
        all.add(new DeviceRule(true, 'c', 136, null, "rwm"));
        return all;
    }

    private static @Nullable Integer any(@Nullable Long number) {
        return number == null || number < 0 ? null : Integer.valueOf(number.intValue());
    }
}
