package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.text.Human;
import java.util.ArrayList;
import java.util.List;

/// `system df`.
final class SystemDfCommand extends Command {
    private static final String[] HEADS = {
        "Type",
        "TYPE",
        "TotalCount",
        "TOTAL",
        "Active",
        "ACTIVE",
        "Size",
        "SIZE",
        "Reclaimable",
        "RECLAIMABLE"
    };
    private static final String[] TABLE = {"Type", "TotalCount", "Active", "Size", "Reclaimable"};
    private static final String[] IMAGES = {
        "Repository", "Tag", "ID", "CreatedSince", "Size", "SharedSize", "UniqueSize", "Containers"
    };
    private static final String[] IMAGE_HEADS = {
        "Repository",
        "REPOSITORY",
        "Tag",
        "TAG",
        "ID",
        "IMAGE ID",
        "CreatedSince",
        "CREATED",
        "Size",
        "SIZE",
        "SharedSize",
        "SHARED SIZE",
        "UniqueSize",
        "UNIQUE SIZE",
        "Containers",
        "CONTAINERS"
    };
    private static final String[] CONTAINERS = {
        "ID", "Image", "Command", "LocalVolumes", "Size", "RunningFor", "Status", "Names"
    };
    private static final String[] CONTAINER_HEADS = {
        "ID",
        "CONTAINER ID",
        "Image",
        "IMAGE",
        "Command",
        "COMMAND",
        "LocalVolumes",
        "LOCAL VOLUMES",
        "Size",
        "SIZE",
        "RunningFor",
        "CREATED",
        "Status",
        "STATUS",
        "Names",
        "NAMES"
    };
    private static final String[] VOLUMES = {"Name", "Links", "Size"};
    private static final String[] VOLUME_HEADS = {
        "Name", "VOLUME NAME", "Links", "LINKS", "Size", "SIZE"
    };

    private static final String[] CACHE = {
        "ID", "CacheType", "Size", "CreatedAt", "LastUsedAt", "UsageCount", "Shared"
    };
    private static final String[] CACHE_HEADS = {
        "ID",
        "CACHE ID",
        "CacheType",
        "CACHE TYPE",
        "Size",
        "SIZE",
        "CreatedAt",
        "CREATED",
        "LastUsedAt",
        "LAST USED",
        "UsageCount",
        "USAGE",
        "Shared",
        "SHARED"
    };

    SystemDfCommand() {
        super("df", "[OPTIONS]", "Show what takes how much disk", 0, 0);
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.string("format", Listing.FORMAT_HELP),
            Flag.bool('v', "verbose", "Show each image, container and volume"),
        };
    }

    @Override
    int run(Session session, Parsed flags) {
        if (flags.bool("verbose") && !flags.text("format").isEmpty()) {
            throw new Failure("--verbose has a form of its own: use it without --format");
        }
        JsonObject df = session.api().getObject("/system/df");
        if (flags.bool("verbose")) {
            details(session, df);
            return 0;
        }
        List<Row> rows =
                List.of(
                        DiskUse.images(df).row(),
                        DiskUse.containers(df).row(),
                        DiskUse.volumes(df).row(),
                        DiskUse.buildCache(df).row());
        new Listing(session, flags.text("format"), TABLE, HEADS).print(rows);
        return 0;
    }

    private static void details(Session session, JsonObject df) {
        long now = System.currentTimeMillis() / 1000;
        List<ImageRow> images = new ArrayList<>();
        for (JsonObject image : df.objects("Images")) {
            ImageRow.addAll(images, image, false, false, false, now);
        }
        session.out().line("Images space usage:").line("");
        new Listing(session, "", IMAGES, IMAGE_HEADS).print(images);
        List<ContainerRow> containers = new ArrayList<>();
        for (JsonObject container : df.objects("Containers")) {
            // its own layer only
            container.remove("SizeRootFs");
            containers.add(new ContainerRow(container, false, now));
        }
        session.out().line("").line("Containers space usage:").line("");
        new Listing(session, "", CONTAINERS, CONTAINER_HEADS).print(containers);
        List<VolumeUse> volumes = new ArrayList<>();
        for (JsonObject volume : df.objects("Volumes")) {
            volumes.add(new VolumeUse(volume));
        }
        session.out().line("").line("Local Volumes space usage:").line("");
        new Listing(session, "", VOLUMES, VOLUME_HEADS).print(volumes);
        session.out()
                .line("")
                .line("Build cache usage: " + DiskUse.buildCache(df).row().text("Size"))
                .line("");
        List<CacheUse> cache = new ArrayList<>();
        for (JsonObject record : df.objects("BuildCache")) {
            cache.add(new CacheUse(record));
        }
        new Listing(session, "", CACHE, CACHE_HEADS).print(cache);
    }

    private static final class CacheUse extends Row {
        private final JsonObject record;

        CacheUse(JsonObject record) {
            super("*formatter.buildCacheContext", CACHE);
            this.record = record;
        }

        @Override
        String text(String field) {
            return switch (field) {
                case "ID" -> Human.shortId(record.text("ID"));
                case "CacheType" -> record.text("Type");
                case "Size" -> Human.size4(record.number("Size"));
                case "UsageCount", "Shared" -> record.text(field);
                case "CreatedAt", "LastUsedAt" -> record.text(field);
                default -> "";
            };
        }
    }

    private static final class VolumeUse extends Row {
        private final JsonObject volume;

        VolumeUse(JsonObject volume) {
            super("*formatter.volumeContext", "Name", "Links", "Size");
            this.volume = volume;
        }

        @Override
        String text(String field) {
            JsonObject usage = volume.object("UsageData");
            return switch (field) {
                case "Name" -> volume.text("Name");
                case "Links" -> usage.text("RefCount");
                case "Size" -> usage.number("Size") < 0 ? "N/A" : Human.size4(usage.number("Size"));
                default -> "";
            };
        }
    }
}
