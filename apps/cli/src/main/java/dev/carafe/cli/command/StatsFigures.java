package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one answer of `GET /containers/{id}/stats` says, in the figures that people want. Sizes are
/// bytes.
///
/// @param cpuPercent 100 for each CPU that was busy all the time since the sample before
/// @param memory without the pages that the kernel can drop at once
record StatsFigures(
        String id,
        String name,
        double cpuPercent,
        double memory,
        double memoryLimit,
        double memoryPercent,
        double received,
        double sent,
        double read,
        double written,
        long pids) {

    static StatsFigures of(JsonObject stats) {
        String name = stats.text("name");
        JsonObject memory = stats.object("memory_stats");
        double used = memoryWithoutCache(memory);
        double limit = memory.number("limit");
        return new StatsFigures(
                stats.text("id"),
                name.startsWith("/") ? name.substring(1) : name,
                cpuPercent(stats.object("cpu_stats"), stats.object("precpu_stats")),
                used,
                limit,
                limit == 0 ? 0 : used / limit * 100,
                network(stats.object("networks"), "rx_bytes"),
                network(stats.object("networks"), "tx_bytes"),
                block(stats.object("blkio_stats"), 'r'),
                block(stats.object("blkio_stats"), 'w'),
                stats.object("pids_stats").number("current"));
    }

    private static double cpuPercent(JsonObject now, JsonObject before) {
        JsonObject usage = now.object("cpu_usage");
        double container =
                (double) usage.number("total_usage")
                        - before.object("cpu_usage").number("total_usage");
        double machine =
                (double) now.number("system_cpu_usage") - before.number("system_cpu_usage");
        double cpus = now.number("online_cpus");
        if (cpus == 0) {
            cpus = usage.list("percpu_usage").size();
        }
        return container > 0 && machine > 0 ? container / machine * cpus * 100 : 0;
    }

    /// Version 1 of cgroups says `total_inactive_file`, version 2 `inactive_file`.
    private static double memoryWithoutCache(JsonObject memory) {
        long usage = memory.number("usage");
        JsonObject detail = memory.object("stats");
        String key =
                detail.containsKey("total_inactive_file") ? "total_inactive_file" : "inactive_file";
        long cache = detail.number(key);
        return cache < usage ? usage - cache : usage;
    }

    private static double network(JsonObject networks, String counter) {
        double sum = 0;
        for (String name : networks.keySet()) {
            sum += networks.object(name).number(counter);
        }
        return sum;
    }

    private static double block(JsonObject block, char kind) {
        double sum = 0;
        List<@Nullable Object> entries = block.list("io_service_bytes_recursive");
        for (Object entry : entries) {
            if (entry instanceof JsonObject e && !e.text("op").isEmpty()) {
                boolean counts = Character.toLowerCase(e.text("op").charAt(0)) == kind;
                sum += counts ? e.number("value") : 0;
            }
        }
        return sum;
    }
}
