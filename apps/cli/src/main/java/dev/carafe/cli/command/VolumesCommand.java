package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagType;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import java.util.ArrayList;
import java.util.List;

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

    private static final String[] RAW = {"name", "Name", "driver", "Driver"};

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
        new Listing(session, format, TABLE, HEADS)
                .withRaw(flags.bool("quiet") ? new String[] {"name", "Name"} : RAW)
                .print(rows);
        return 0;
    }
}
