package dev.carafe.linux.cgroup;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.cgroup.CgroupLimits.BlockLimits;
import dev.carafe.linux.cgroup.CgroupLimits.CpuLimits;
import dev.carafe.linux.cgroup.CgroupLimits.DeviceRule;
import dev.carafe.linux.cgroup.CgroupLimits.DeviceValue;
import dev.carafe.linux.cgroup.CgroupLimits.MemoryLimits;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes limits to version 2's files, converted from version 1's units.
record V2Limits(Directory directory) {
    void write(CgroupLimits limits) {
        memory(limits.memory());
        cpu(limits.cpu());
        if (limits.pidsMax() != null) {
            directory.write(
                    "pids.max", limits.pidsMax() > 0 ? Long.toString(limits.pidsMax()) : "max");
        }
        block(limits.block());
        devices(limits.devices());
        writeHugepages(limits.hugepageBytes());
        writeUnified(limits.unified());
    }

    void writeHugepages(Map<String, Long> bytes) {
        bytes.forEach((size, limit) -> {
            directory.write("hugetlb." + size + ".max", orMax(limit));
            if (directory.has("hugetlb." + size + ".rsvd.max")) {
                directory.write("hugetlb." + size + ".rsvd.max", orMax(limit));
            }
        });
    }

    void writeUnified(Map<String, String> values) {
        values.forEach((file, value) -> {
            if (file.contains("/")) {
                throw new IllegalArgumentException("cgroup file " + file);
            }
            value.lines().forEach(line -> directory.write(file, line));
        });
    }

    private void memory(MemoryLimits limits) {
        Long limit = limits.limit();
        Long both = limits.memorySwap();
        if (both != null) {
            // version 2 counts swap alone, so memory and swap together need the memory limit
            if (limit == null) {
                long now = directory.number("memory.max");
                limit = now == Long.MAX_VALUE ? null : Long.valueOf(now);
            }
            if (both >= 0 && limit == null) {
                throw new ErrnoException(
                        "write", Errno.EINVAL, "memory+swap " + both + " without a memory limit");
            }
            if (both >= 0 && limit != null && limit >= 0 && both < limit) {
                throw new ErrnoException(
                        "write", Errno.EINVAL, "memory+swap " + both + " below memory " + limit);
            }
            String swap =
                    both < 0 || limit == null || limit < 0 ? "max" : Long.toString(both - limit);
            // a kernel without swap has no such file; then there is nothing to limit
            if (!swap.equals("max") && !swap.equals("0") || directory.has("memory.swap.max")) {
                directory.write("memory.swap.max", swap);
            }
        }
        if (limits.limit() != null) {
            directory.write("memory.max", orMax(limits.limit()));
        }
        if (limits.reservation() != null) {
            directory.write("memory.low", orMax(limits.reservation()));
        }
    }

    private void cpu(CpuLimits limits) {
        if (limits.shares() != null) {
            directory.write("cpu.weight", weight(limits.shares()));
        }
        if (limits.quotaMicros() != null || limits.periodMicros() != null) {
            String[] now = directory.tryRead("cpu.max").orElse("max 100000").strip().split(" ");
            String quota = limits.quotaMicros() == null ? now[0] : orMax(limits.quotaMicros());
            String period =
                    limits.periodMicros() == null ? now[1] : limits.periodMicros().toString();
            directory.write("cpu.max", quota + " " + period);
        }
        put("cpu.max.burst", limits.burstMicros());
        put("cpu.idle", limits.idle());
        put("cpuset.cpus", limits.cpus());
        put("cpuset.mems", limits.mems());
    }

    /// Shares 2..262144 to weight 1..10000 so that 1024 becomes 100, both being the defaults: a
    /// curve through these three points on logarithmic scales, as runc computes it since 1.3.2.
    static long weight(long shares) {
        if (shares <= 2) {
            return 1;
        }
        if (shares >= 262_144) {
            return 10_000;
        }
        double l = Math.log(shares) / Math.log(2);
        double exponent = (l * l + 125 * l) / 612.0 - 7.0 / 34.0;
        // the computed value of an exact 100 may end in a stray digit
        return (long) Math.ceil(Math.pow(10, exponent) - 1e-9);
    }

    private void block(BlockLimits limits) {
        if (limits.weight() != null) {
            if (directory.has("io.bfq.weight")) {
                directory.write("io.bfq.weight", limits.weight());
            } else {
                directory.write("io.weight", "default " + blockWeight(limits.weight()));
            }
        }
        for (DeviceValue v : limits.deviceWeights()) {
            directory.write("io.bfq.weight", v.major() + ":" + v.minor() + " " + v.value());
        }
        rates("rbps", limits.readBytes());
        rates("wbps", limits.writeBytes());
        rates("riops", limits.readOperations());
        rates("wiops", limits.writeOperations());
    }

    /// 10..1000 to 1..10000.
    static long blockWeight(long weight) {
        return 1 + (weight - 10) * 9999 / 990;
    }

    private void rates(String key, List<DeviceValue> values) {
        for (DeviceValue v : values) {
            directory.write(
                    "io.max",
                    v.major()
                            + ":"
                            + v.minor()
                            + " "
                            + key
                            + "="
                            + (v.value() <= 0 ? "max" : v.value()));
        }
    }

    private void devices(List<DeviceRule> rules) {
        if (!rules.isEmpty()) {
            try (Fd group =
                    FileSystem.open(
                            directory.path(), FileSystem.O_RDONLY | FileSystem.O_DIRECTORY)) {
                DeviceProgram.replace(group, DeviceProgram.compile(rules));
            }
        }
    }

    private void put(String file, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            directory.write(file, value.toString());
        }
    }

    private static String orMax(long value) {
        return value < 0 ? "max" : Long.toString(value);
    }
}
