package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.template.GoStruct;
import dev.carafe.cli.template.Template;
import dev.carafe.cli.template.TemplateFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `system df -v`: every image, container, volume and record of the build cache.
final class DiskDetails {
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
        "ID", "CacheType", "Size", "CreatedSince", "LastUsedSince", "UsageCount", "Shared"
    };
    private static final String[] CACHE_HEADS = {
        "ID",
        "CACHE ID",
        "CacheType",
        "CACHE TYPE",
        "Size",
        "SIZE",
        "CreatedSince",
        "CREATED",
        "LastUsedSince",
        "LAST USED",
        "UsageCount",
        "USAGE",
        "Shared",
        "SHARED"
    };

    private final Session session;
    private final JsonObject df;
    private final String format;
    private final boolean whole;
    private final long nowSeconds = System.currentTimeMillis() / 1000;

    /// @param df the answer of `GET /system/df`
    /// @param format empty or `table` = four tables; else a template for all at once
    DiskDetails(Session session, JsonObject df, String format) {
        this.session = session;
        this.df = df;
        this.format = format;
        this.whole = !format.isEmpty() && !format.equals("table");
    }

    void print() {
        if (whole) {
            template();
        } else {
            tables();
        }
    }

    private void tables() {
        session.out().line("Images space usage:").line("");
        new Listing(session, "", IMAGES, IMAGE_HEADS).print(images());
        session.out().line("").line("Containers space usage:").line("");
        new Listing(session, "", CONTAINERS, CONTAINER_HEADS).print(containers());
        session.out().line("").line("Local Volumes space usage:").line("");
        new Listing(session, "", VOLUMES, VOLUME_HEADS).print(volumes());
        session.out()
                .line("")
                .line("Build cache usage: " + DiskUse.buildCache(df).row().text("Size"))
                .line("");
        new Listing(session, "", CACHE, CACHE_HEADS).print(cache());
    }

    private void template() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("Images", images());
        all.put("Containers", containers());
        all.put("Volumes", volumes());
        all.put("BuildCache", cache());
        try {
            String text = format.equals("json") ? "{{json .}}" : format;
            session.out().print(Template.parse(text).execute(new Whole(all)));
        } catch (TemplateFailure e) {
            throw new Failure("failed to execute template: " + e.getMessage());
        }
    }

    /// Each under the first of its names: the disk is taken once.
    private List<ImageRow> images() {
        List<ImageRow> rows = new ArrayList<>();
        for (JsonObject image : df.objects("Images")) {
            List<ImageRow> names = new ArrayList<>();
            ImageRow.addAll(names, image, whole, false, false, nowSeconds);
            rows.add(names.get(0));
        }
        return rows;
    }

    private List<ContainerRow> containers() {
        List<ContainerRow> rows = new ArrayList<>();
        for (JsonObject container : df.objects("Containers")) {
            // its own layer only
            container.remove("SizeRootFs");
            rows.add(new ContainerRow(container, whole, nowSeconds));
        }
        return rows;
    }

    private List<VolumeRow> volumes() {
        return df.objects("Volumes").stream().map(VolumeRow::new).toList();
    }

    private List<CacheRow> cache() {
        return df.objects("BuildCache").stream()
                .map(record -> new CacheRow(record, whole, nowSeconds))
                .sorted(
                        Comparator.comparing(CacheRow::lastUsed)
                                .thenComparing(row -> row.text("ID")))
                .toList();
    }

    private record Whole(Map<String, @Nullable Object> all) implements GoStruct {
        @Override
        public String typeName() {
            return "*formatter.diskUsageContext";
        }

        @Override
        public boolean escapesHtml() {
            return true;
        }
    }
}
