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
import java.util.TreeMap;

/// Reads statistics from version 2's files.
record V2Stats(Directory directory) {
    CgroupStats read() {
        return new CgroupStats(cpu(), memory(), pids(), block(), hugepages());
    }

    private Cpu cpu() {
        Map<String, Long> stat = directory.table("cpu.stat");
        return new Cpu(
                stat.getOrDefault("usage_usec", 0L) * 1000,
                stat.getOrDefault("user_usec", 0L) * 1000,
                stat.getOrDefault("system_usec", 0L) * 1000,
                List.of(),
                stat.getOrDefault("nr_periods", 0L),
                stat.getOrDefault("nr_throttled", 0L),
                stat.getOrDefault("throttled_usec", 0L) * 1000);
    }

    private Memory memory() {
        if (!directory.has("memory.current")) {
            return Memory.NONE;
        }
        Map<String, Long> events = directory.table("memory.events");
        return new Memory(
                directory.number("memory.current"),
                directory.number("memory.peak"),
                directory.number("memory.max"),
                events.getOrDefault("oom", 0L),
                directory.number("memory.swap.current"),
                events.getOrDefault("oom_kill", 0L),
                directory.table("memory.stat"));
    }

    private Pids pids() {
        if (!directory.has("pids.current")) {
            return Pids.NONE;
        }
        long max = directory.number("pids.max");
        return new Pids(directory.number("pids.current"), max == Long.MAX_VALUE ? null : max);
    }

    private Block block() {
        return parse(directory.tryRead("io.stat").orElse(""));
    }

    // 8:0 rbytes=1 wbytes=2 rios=3 wios=4 dbytes=5 dios=6
    static Block parse(String text) {
        List<BlockEntry> bytes = new ArrayList<>();
        List<BlockEntry> operations = new ArrayList<>();
        for (String line : text.split("\n")) {
            String[] words = line.split("[ :=]");
            for (int i = 2; i + 1 < words.length; i += 2) {
                List<BlockEntry> list = words[i].endsWith("bytes") ? bytes : operations;
                String operation =
                        switch (words[i]) {
                            case "rbytes", "rios" -> "read";
                            case "wbytes", "wios" -> "write";
                            case "dbytes", "dios" -> "discard";
                            default -> "";
                        };
                if (!operation.isEmpty()) {
                    list.add(
                            new BlockEntry(
                                    Integer.parseInt(words[0]),
                                    Integer.parseInt(words[1]),
                                    operation,
                                    Long.parseLong(words[i + 1])));
                }
            }
        }
        return new Block(bytes, operations);
    }

    private Map<String, Hugepages> hugepages() {
        Map<String, Hugepages> found = new TreeMap<>();
        for (String size : HugepageSizes.names()) {
            if (directory.has("hugetlb." + size + ".current")) {
                found.put(
                        size,
                        new Hugepages(
                                directory.number("hugetlb." + size + ".current"),
                                0,
                                directory
                                        .table("hugetlb." + size + ".events")
                                        .getOrDefault("max", 0L)));
            }
        }
        return found;
    }
}
