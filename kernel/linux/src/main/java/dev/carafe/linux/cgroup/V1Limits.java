package dev.carafe.linux.cgroup;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.cgroup.CgroupLimits.BlockLimits;
import dev.carafe.linux.cgroup.CgroupLimits.CpuLimits;
import dev.carafe.linux.cgroup.CgroupLimits.DeviceRule;
import dev.carafe.linux.cgroup.CgroupLimits.DeviceValue;
import dev.carafe.linux.cgroup.CgroupLimits.MemoryLimits;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes limits to version 1's files. A limit whose controller is not mounted is an error; one
/// that is not asked for costs nothing.
record V1Limits(Map<String, Directory> byName) {
    private static final String SWAP_FILE = "memory.memsw.limit_in_bytes";

    /// @param unifiedElsewhere whether hugepages and unified files go to a version 2 group
    void write(CgroupLimits limits, boolean unifiedElsewhere) {
        devices(limits.devices());
        memory(limits.memory());
        cpu(limits.cpu());
        put("cpuset", "cpuset.cpus", limits.cpu().cpus());
        put("cpuset", "cpuset.mems", limits.cpu().mems());
        if (limits.pidsMax() != null) {
            directory("pids")
                    .write(
                            "pids.max",
                            limits.pidsMax() > 0 ? Long.toString(limits.pidsMax()) : "max");
        }
        block(limits.block());
        if (!unifiedElsewhere) {
            limits.hugepageBytes()
                    .forEach((size, bytes) ->
                            directory("hugetlb")
                                    .write("hugetlb." + size + ".limit_in_bytes", bytes));
            limits.unified()
                    .forEach((file, value) -> {
                        throw new ErrnoException(
                                "write",
                                Errno.EOPNOTSUPP,
                                "'" + value + "' to " + file + " without cgroup v2");
                    });
        }
    }

    private void devices(List<DeviceRule> rules) {
        if (rules.isEmpty()) {
            return;
        }
        Directory devices = directory("devices");
        // runs of the same verdict share an open file
        int from = 0;
        while (from < rules.size()) {
            boolean allow = rules.get(from).allow();
            int to = from;
            while (to < rules.size() && rules.get(to).allow() == allow) {
                to++;
            }
            devices.writeEach(
                    allow ? "devices.allow" : "devices.deny",
                    rules.subList(from, to).stream().map(V1Limits::deviceText).toList());
            from = to;
        }
    }

    // the kernel takes only the bare letter for everything
    private static String deviceText(DeviceRule rule) {
        return rule.type() == 'a' ? "a" : rule.toString();
    }

    private void memory(MemoryLimits limits) {
        Long limit = limits.limit();
        Long swap = limits.memorySwap();
        if (limit != null && limit < 0 && swap == null && directory("memory").has(SWAP_FILE)) {
            // no limit on memory while memory+swap keeps one is refused
            swap = limit;
        }
        if (limit != null || swap != null) {
            Directory memory = directory("memory");
            // memory may never exceed memory+swap: the file that gets out of the way goes first
            boolean swapFirst =
                    swap != null
                            && (limit == null
                                    || swap < 0
                                    || Long.compareUnsigned(memory.number(SWAP_FILE), limit) < 0);
            if (swapFirst && swap != null) {
                memory.write(SWAP_FILE, swap);
            }
            if (limit != null) {
                limit(memory, limit);
            }
            if (!swapFirst && swap != null) {
                memory.write(SWAP_FILE, swap);
            }
        }
        put("memory", "memory.soft_limit_in_bytes", limits.reservation());
        put("memory", "memory.kmem.tcp.limit_in_bytes", limits.kernelTcp());
        put("memory", "memory.swappiness", limits.swappiness());
        if (limits.oomKillDisable() != null) {
            directory("memory").write("memory.oom_control", limits.oomKillDisable() ? "1" : "0");
        }
    }

    private static void limit(Directory memory, long limit) {
        try {
            memory.write("memory.limit_in_bytes", limit);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EBUSY) {
                throw e;
            }
            long usage = memory.number("memory.usage_in_bytes");
            throw new ErrnoException(
                    e.call(), e.errno(), e.operands() + " (" + usage + " bytes are in use)", e);
        }
    }

    private void cpu(CpuLimits limits) {
        put("cpu", "cpu.shares", limits.shares());
        Long period = limits.periodMicros();
        Long quota = limits.quotaMicros();
        if (period != null) {
            try {
                directory("cpu").write("cpu.cfs_period_us", period);
                period = null;
            } catch (ErrnoException e) {
                // a period too short for the quota there is now: the new quota must come first
                if (e.errno() != Errno.EINVAL || quota == null) {
                    throw e;
                }
            }
        }
        put("cpu", "cpu.cfs_quota_us", quota);
        put("cpu", "cpu.cfs_period_us", period);
        put("cpu", "cpu.cfs_burst_us", limits.burstMicros());
        put("cpu", "cpu.rt_period_us", limits.realtimePeriodMicros());
        put("cpu", "cpu.rt_runtime_us", limits.realtimeRuntimeMicros());
        put("cpu", "cpu.idle", limits.idle());
    }

    private void block(BlockLimits limits) {
        if (limits.weight() != null) {
            directory("blkio").write(weightFile(), limits.weight());
        }
        each(limits.deviceWeights(), weightFile() + "_device");
        each(limits.readBytes(), "blkio.throttle.read_bps_device");
        each(limits.writeBytes(), "blkio.throttle.write_bps_device");
        each(limits.readOperations(), "blkio.throttle.read_iops_device");
        each(limits.writeOperations(), "blkio.throttle.write_iops_device");
    }

    // the CFQ scheduler's file is gone since Linux 5.0; BFQ has its own where it is loaded
    private String weightFile() {
        Directory blkio = byName.get("blkio");
        return blkio != null && !blkio.has("blkio.weight") && blkio.has("blkio.bfq.weight")
                ? "blkio.bfq.weight"
                : "blkio.weight";
    }

    private void each(List<DeviceValue> values, String file) {
        if (!values.isEmpty()) {
            directory("blkio")
                    .writeEach(
                            file,
                            values.stream()
                                    .map(v -> v.major() + ":" + v.minor() + " " + v.value())
                                    .toList());
        }
    }

    private void put(String controller, String file, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            directory(controller).write(file, value.toString());
        }
    }

    private Directory directory(String controller) {
        Directory directory = byName.get(controller);
        if (directory == null) {
            throw new ErrnoException(
                    "cgroup", Errno.EOPNOTSUPP, "controller " + controller + " is not mounted");
        }
        return directory;
    }
}
