package dev.carafe.engine.spec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Paths of /proc and /sys that a container does not see, or can't write: Docker's lists.
final class SystemPaths {
    private static final List<String> MASKED =
            List.of(
                    "/proc/asound",
                    "/proc/acpi",
                    "/proc/interrupts",
                    "/proc/kcore",
                    "/proc/keys",
                    "/proc/latency_stats",
                    "/proc/timer_list",
                    "/proc/timer_stats",
                    "/proc/sched_debug",
                    "/proc/scsi",
                    "/sys/firmware",
                    "/sys/devices/virtual/powercap");
    static final List<String> READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private SystemPaths() {}

    /// The masked ones, with those that only some machines have.
    static List<String> masked() {
        List<String> paths = new ArrayList<>(MASKED);
        for (int cpu = 0; cpu < Runtime.getRuntime().availableProcessors(); cpu++) {
            String path = "/sys/devices/system/cpu/cpu" + cpu + "/thermal_throttle";
            if (Files.exists(Path.of(path))) {
                paths.add(path);
            }
        }
        return List.copyOf(paths);
    }
}
