package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.text.Human;
import java.util.Set;

/// One line of `system df`: how many things of a kind there are, and the disk they take.
///
/// @param active how many are in use
/// @param bytes of all
/// @param reclaimable bytes of those not in use
/// @param percent whether the share that could be freed is shown
record DiskUse(
        String type, long total, long active, long bytes, long reclaimable, boolean percent) {
    private static final Set<String> ALIVE = Set.of("running", "paused", "restarting");

    static DiskUse images(JsonObject df) {
        long active = 0;
        long used = 0;
        var all = df.objects("Images");
        for (JsonObject image : all) {
            if (image.number("Containers") > 0) {
                active++;
                boolean known = image.number("SharedSize") >= 0;
                used += known ? image.number("Size") - image.number("SharedSize") : 0;
            }
        }
        long bytes = df.number("LayersSize");
        return new DiskUse("Images", all.size(), active, bytes, bytes - used, true);
    }

    static DiskUse containers(JsonObject df) {
        long active = 0;
        long bytes = 0;
        long reclaimable = 0;
        var all = df.objects("Containers");
        for (JsonObject container : all) {
            boolean alive = ALIVE.contains(container.text("State"));
            long size = container.number("SizeRw");
            active += alive ? 1 : 0;
            bytes += size;
            reclaimable += alive ? 0 : size;
        }
        return new DiskUse("Containers", all.size(), active, bytes, reclaimable, true);
    }

    static DiskUse volumes(JsonObject df) {
        long active = 0;
        long bytes = 0;
        long reclaimable = 0;
        var all = df.objects("Volumes");
        for (JsonObject volume : all) {
            JsonObject usage = volume.object("UsageData");
            long size = Math.max(0, usage.number("Size"));
            boolean used = usage.number("RefCount") > 0;
            active += used ? 1 : 0;
            bytes += size;
            reclaimable += used ? 0 : size;
        }
        return new DiskUse("Local Volumes", all.size(), active, bytes, reclaimable, true);
    }

    static DiskUse buildCache(JsonObject df) {
        long active = 0;
        long bytes = 0;
        long used = 0;
        var all = df.objects("BuildCache");
        for (JsonObject record : all) {
            long size = record.bool("Shared") ? 0 : record.number("Size");
            active += record.bool("InUse") ? 1 : 0;
            bytes += size;
            used += record.bool("InUse") ? size : 0;
        }
        return new DiskUse("Build Cache", all.size(), active, bytes, bytes - used, false);
    }

    /// As a row whose fields `--format` knows.
    Row row() {
        return new UseRow(this);
    }

    private String freed() {
        String size = Human.size4(reclaimable);
        return percent && bytes > 0 ? size + " (" + reclaimable * 100 / bytes + "%)" : size;
    }

    private static final class UseRow extends Row {
        private final DiskUse use;

        UseRow(DiskUse use) {
            super(
                    "*formatter.diskUsageContext",
                    "Active",
                    "Reclaimable",
                    "Size",
                    "TotalCount",
                    "Type");
            this.use = use;
        }

        @Override
        String text(String field) {
            return switch (field) {
                case "Type" -> use.type;
                case "TotalCount" -> Long.toString(use.total);
                case "Active" -> Long.toString(use.active);
                case "Size" -> Human.size4(use.bytes);
                case "Reclaimable" -> use.freed();
                default -> "";
            };
        }
    }
}
