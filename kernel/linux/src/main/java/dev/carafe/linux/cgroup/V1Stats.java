package dev.carafe.linux.cgroup;

import dev.carafe.linux.cgroup.CgroupStats.Block;
import dev.carafe.linux.cgroup.CgroupStats.BlockEntry;
import dev.carafe.linux.cgroup.CgroupStats.Cpu;
import dev.carafe.linux.cgroup.CgroupStats.Hugepages;
import dev.carafe.linux.cgroup.CgroupStats.Memory;
import dev.carafe.linux.cgroup.CgroupStats.Pids;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads statistics from version 1's files.
record V1Stats(Map<String, Directory> byName, Optional<V2Cgroup> v2) {
    // cpuacct.stat counts in USER_HZ, 100 a second on every architecture we run on
    private static final long NANOS_PER_TICK = 10_000_000;

    CgroupStats read() {
        Map<String, Hugepages> hugepages =
                v2.map(V2Cgroup::stats).map(CgroupStats::hugepages).orElse(Map.of());
        return new CgroupStats(cpu(), memory(), pids(), block(), hugepages);
    }

    private Cpu cpu() {
        Directory account = byName.get("cpuacct");
        Directory cpu = byName.get("cpu");
        Map<String, Long> throttling = cpu == null ? Map.of() : cpu.table("cpu.stat");
        Map<String, Long> modes = account == null ? Map.of() : account.table("cpuacct.stat");
        return new Cpu(
                account == null ? 0 : account.number("cpuacct.usage"),
                modes.getOrDefault("user", 0L) * NANOS_PER_TICK,
                modes.getOrDefault("system", 0L) * NANOS_PER_TICK,
                account == null
                        ? List.of()
                        : numbers(account.tryRead("cpuacct.usage_percpu").orElse("")),
                throttling.getOrDefault("nr_periods", 0L),
                throttling.getOrDefault("nr_throttled", 0L),
                throttling.getOrDefault("throttled_time", 0L));
    }

    private Memory memory() {
        Directory memory = byName.get("memory");
        if (memory == null) {
            return Memory.NONE;
        }
        Map<String, Long> detail = memory.table("memory.stat");
        return new Memory(
                memory.number("memory.usage_in_bytes"),
                memory.number("memory.max_usage_in_bytes"),
                memory.number("memory.limit_in_bytes"),
                memory.number("memory.failcnt"),
                detail.getOrDefault("total_swap", 0L),
                memory.table("memory.oom_control").getOrDefault("oom_kill", 0L),
                detail);
    }

    private Pids pids() {
        Directory pids = byName.get("pids");
        if (pids == null) {
            return Pids.NONE;
        }
        long max = pids.number("pids.max");
        return new Pids(pids.number("pids.current"), max == Long.MAX_VALUE ? null : max);
    }

    private Block block() {
        Directory blkio = byName.get("blkio");
        if (blkio == null) {
            return Block.NONE;
        }
        return new Block(
                entries(
                        blkio,
                        "blkio.throttle.io_service_bytes_recursive",
                        "blkio.bfq.io_service_bytes_recursive"),
                entries(
                        blkio,
                        "blkio.throttle.io_serviced_recursive",
                        "blkio.bfq.io_serviced_recursive"));
    }

    // the throttle layer counts all; BFQ's counters are there when it is the scheduler
    private static List<BlockEntry> entries(Directory blkio, String file, String otherFile) {
        List<BlockEntry> entries = parse(blkio.tryRead(file).orElse(""));
        return entries.isEmpty() ? parse(blkio.tryRead(otherFile).orElse("")) : entries;
    }

    static List<BlockEntry> parse(String text) {
        List<BlockEntry> entries = new ArrayList<>();
        for (String line : text.split("\n")) {
            String[] words = line.split("[ :]");
            // the last line is `Total N` over all devices
            if (words.length == 4) {
                entries.add(
                        new BlockEntry(
                                Integer.parseInt(words[0]),
                                Integer.parseInt(words[1]),
                                words[2],
                                Long.parseLong(words[3])));
            }
        }
        return entries;
    }

    private static List<Long> numbers(String text) {
        List<Long> numbers = new ArrayList<>();
        for (String word : text.strip().split("\\s+")) {
            if (!word.isEmpty()) {
                numbers.add(Long.parseLong(word));
            }
        }
        return numbers;
    }
}
