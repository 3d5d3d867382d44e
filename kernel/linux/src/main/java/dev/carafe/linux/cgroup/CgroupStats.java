package dev.carafe.linux.cgroup;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a group has used, in the shape Docker's stats need. A part whose controller is missing
/// holds zeros.
public record CgroupStats(
        Cpu cpu, Memory memory, Pids pids, Block block, Map<String, Hugepages> hugepages) {
    public CgroupStats {
        hugepages = Map.copyOf(hugepages);
    }

    /// CPU time in nanoseconds.
    ///
    /// @param perCpu by CPU number; empty on version 2
    /// @param periods enforcement periods that have passed, `throttledPeriods` of them cut short
    public record Cpu(
            long total,
            long user,
            long system,
            List<Long> perCpu,
            long periods,
            long throttledPeriods,
            long throttledNanos) {
        static final Cpu NONE = new Cpu(0, 0, 0, List.of(), 0, 0, 0);

        public Cpu {
            perCpu = List.copyOf(perCpu);
        }
    }

    /// Memory in bytes.
    ///
    /// @param limit unsigned; as large as the kernel says when there is none
    /// @param failures how often the limit was in the way (version 1), or could not be kept
    ///   (version 2: `oom` of memory.events, as containerd counts)
    /// @param detail every key of memory.stat
    public record Memory(
            long usage,
            long maxUsage,
            long limit,
            long failures,
            long swapUsage,
            long oomKills,
            Map<String, Long> detail) {
        static final Memory NONE = new Memory(0, 0, 0, 0, 0, 0, Map.of());

        public Memory {
            detail = Map.copyOf(detail);
        }
    }

    /// Processes and threads.
    ///
    /// @param limit null for none
    public record Pids(long current, @Nullable Long limit) {
        static final Pids NONE = new Pids(0, null);
    }

    /// Block I/O, groups below included.
    public record Block(List<BlockEntry> bytes, List<BlockEntry> operations) {
        static final Block NONE = new Block(List.of(), List.of());

        public Block {
            bytes = List.copyOf(bytes);
            operations = List.copyOf(operations);
        }
    }

    /// One line of it; `operation` is `Read`, `Write`, `Sync`, `Async`, `Discard`, `Total` (version
    /// 2: `read`, `write`).
    public record BlockEntry(int major, int minor, String operation, long value) {}

    /// Huge pages of one size, bytes.
    public record Hugepages(long usage, long maxUsage, long failures) {}
}
