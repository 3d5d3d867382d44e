package dev.carafe.engine.stats;

import dev.carafe.linux.ProcFiles;

/// Memory of the machine, proc_meminfo(5).
final class HostMemory {
    private HostMemory() {}

    /// Bytes; 0 when the kernel does not say.
    static long total() {
        return parse(ProcFiles.tryRead("/proc/meminfo").orElse(""));
    }

    static long parse(String meminfo) {
        for (String line : meminfo.split("\n")) {
            if (line.startsWith("MemTotal:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        return 0;
    }
}
