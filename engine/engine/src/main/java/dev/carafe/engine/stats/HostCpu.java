package dev.carafe.engine.stats;

import dev.carafe.linux.ProcFiles;

/// CPU time of the whole machine, proc_stat(5).
///
/// @param nanos spent by all CPUs since boot, idle time included
/// @param online how many CPUs there are
public record HostCpu(long nanos, int online) {
    // USER_HZ: 100 a second on every architecture we run on
    private static final long NANOS_PER_TICK = 10_000_000;

    /// user, nice, system, idle, iowait, irq, softirq; what follows them is counted in them already
    private static final int COUNTED = 7;

    public static HostCpu read() {
        return parse(ProcFiles.read("/proc/stat"));
    }

    /// @param stat content of /proc/stat
    static HostCpu parse(String stat) {
        long ticks = 0;
        int online = 0;
        for (String line : stat.split("\n")) {
            if (line.startsWith("cpu ")) {
                String[] words = line.strip().split("\\s+");
                for (int i = 1; i <= COUNTED && i < words.length; i++) {
                    ticks += Long.parseLong(words[i]);
                }
            } else if (line.startsWith("cpu")) {
                online++;
            }
        }
        return new HostCpu(ticks * NANOS_PER_TICK, online);
    }
}
