package dev.carafe.engine.stats;

import dev.carafe.linux.cgroup.CgroupStats;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one container had used at one moment.
///
/// @param name without the leading slash
/// @param usage null when it does not run
public record Sample(String id, String name, @Nullable Usage usage) {

    /// @param cgroupVersion 1 or 2: the names of the figures within `cgroup` differ
    /// @param memoryLimitBytes of the container, or all memory of the machine when that is less
    /// @param networks by interface name inside the container; empty without interfaces of its own
    public record Usage(
            Instant read,
            int cgroupVersion,
            CgroupStats cgroup,
            HostCpu host,
            long memoryLimitBytes,
            Map<String, InterfaceCounters> networks) {
        public Usage {
            networks = Map.copyOf(networks);
        }
    }
}
