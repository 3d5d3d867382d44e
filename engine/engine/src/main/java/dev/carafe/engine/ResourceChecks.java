package dev.carafe.engine;

import dev.carafe.base.InvalidArgument;
import dev.carafe.engine.config.ResourceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;

/// Ranges of limits, with Docker's sentences.
final class ResourceChecks {
    private static final int MOST_CPUS = 8192;

    private ResourceChecks() {}

    static void check(ResourceConfig r) {
        range(r);
        realtime(r);
        weight(r.blkioWeight());
        r.blkioWeightDevice().forEach(d -> weight(d.weight()));
        set("cpuset cpus", "CPUs", r.cpusetCpus(), "/sys/devices/system/cpu/online");
        set("cpuset mems", "memory nodes", r.cpusetMems(), "/sys/devices/system/node/online");
    }

    private static void range(ResourceConfig r) {
        Long swappiness = r.memorySwappiness();
        if (swappiness != null && swappiness != -1 && (swappiness < 0 || swappiness > 100)) {
            throw new InvalidArgument(
                    "Invalid value: " + swappiness + ", valid memory swappiness range is 0-100");
        }
        if (r.cpuShares() < 0) {
            throw new InvalidArgument(
                    "invalid CPU shares (%d): value must be a positive integer"
                            .formatted(r.cpuShares()));
        }
        long period = r.cpuPeriodMicros();
        if (period != 0 && (period < 1_000 || period > 1_000_000)) {
            throw new InvalidArgument(
                    "CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)");
        }
        if (r.cpuQuotaMicros() > 0 && r.cpuQuotaMicros() < 1_000) {
            throw new InvalidArgument("CPU cfs quota can not be less than 1ms (i.e. 1000)");
        }
        if (r.oomScoreAdj() < -1000 || r.oomScoreAdj() > 1000) {
            throw new InvalidArgument(
                    "Invalid value "
                            + r.oomScoreAdj()
                            + ", range for oom score adj is [-1000, 1000]");
        }
    }

    private static void realtime(ResourceConfig r) {
        long period = r.cpuRealtimePeriodMicros();
        if (period != 0 && r.cpuRealtimeRuntimeMicros() > period) {
            throw new InvalidArgument(
                    "cpu real-time runtime cannot be higher than cpu real-time period");
        }
    }

    private static void weight(int weight) {
        if (weight != 0 && (weight < 10 || weight > 1000)) {
            throw new InvalidArgument("Range of blkio weight is from 10 to 1000");
        }
    }

    private static void set(String what, String things, String asked, String onlineFile) {
        if (asked.isEmpty()) {
            return;
        }
        BitSet wanted = parse(what, asked);
        String online = read(onlineFile);
        wanted.andNot(parse(what, online));
        if (!wanted.isEmpty()) {
            throw new InvalidArgument(
                    "Requested %s are not available - requested %s, available: %s"
                            .formatted(things, asked, online));
        }
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            return "0";
        }
    }

    /// The kernel's list format: `0-3,7`.
    static BitSet parse(String what, String list) {
        BitSet set = new BitSet();
        for (String part : List.of(list.split(",", -1))) {
            int dash = part.indexOf('-');
            try {
                int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
                int last = dash < 0 ? first : Integer.parseInt(part.substring(dash + 1));
                if (first < 0 || last < first || last >= MOST_CPUS) {
                    throw new InvalidArgument("Invalid value " + list + " for " + what);
                }
                set.set(first, last + 1);
            } catch (NumberFormatException e) {
                throw new InvalidArgument("Invalid value " + list + " for " + what);
            }
        }
        return set;
    }
}
