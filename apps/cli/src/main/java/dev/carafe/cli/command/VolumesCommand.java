package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagType;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.text.Human;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `volume ls`.
final class VolumesCommand extends Command {
    private static final String[] HEADS = {
        "Name",
        "VOLUME NAME",
        "Driver",
        "DRIVER",
        "Scope",
        "SCOPE",
        "Mountpoint",
        "MOUNTPOINT",
        "Labels",
        "LABELS",
        "Links",
        "LINKS",
        "Size",
        "SIZE",
        "Group",
        "GROUP",
        "Availability",
        "AVAILABILITY",
        "Status",
        "STATUS"
    };
    private static final String[] TABLE = {"Driver", "Name"};

    VolumesCommand() {
        super("ls", "[OPTIONS]", "List volumes", 0, 0);
    }

    @Override
    String aliases() {
        return "carafe volume ls, carafe volume list";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.bool("cluster", "Show cluster volumes only"),
            Flag.of(
                    FlagType.FILTER,
                    'f',
                    "filter",
                    "Show only what matches, such as 'dangling=true'"),
            Flag.string("format", Listing.FORMAT_HELP),
            Flag.bool('q', "quiet", "Show names only"),
        };
    }

    @Override
    int run(Session session, Parsed flags) {
        Query query = Query.of("/volumes").withIfAny("filters", Filters.json(flags.all("filter")));
        List<VolumeRow> rows = new ArrayList<>();
        for (JsonObject volume : session.api().getObject(query.toString()).objects("Volumes")) {
            if (!flags.bool("cluster") || volume.containsKey("ClusterVolume")) {
                rows.add(new VolumeRow(volume));
            }
        }
        rows.sort((a, b) -> a.text("Name").compareTo(b.text("Name")));
        String format =
                flags.bool("quiet") && !flags.has("format")
                        ? "{{.Name}}"
                        : Listing.format(session, flags.text("format"), "volumesFormat");
        new Listing(session, format, TABLE, HEADS).print(rows);
        return 0;
    }

    private static final class VolumeRow extends Row {
        private final JsonObject volume;

        VolumeRow(JsonObject volume) {
            super(
                    "*formatter.volumeContext",
                    "Name",
                    "Driver",
                    "Scope",
                    "Mountpoint",
                    "Labels",
                    "Links",
                    "Size",
                    "Group",
                    "Availability",
                    "Status");
            this.volume = volume;
        }

        @Override
        Map<String, String> labels() {
            return volume.strings("Labels");
        }

        @Override
        String text(String field) {
            JsonObject usage = volume.object("UsageData");
            return switch (field) {
                case "Labels" -> joined(labels());
                case "Links" -> usage.isEmpty() ? "N/A" : usage.text("RefCount");
                case "Size" -> usage.isEmpty() ? "N/A" : Human.size4(usage.number("Size"));
                case "Group", "Availability", "Status" -> "N/A";
                default -> volume.text(field);
            };
        }
    }
}
