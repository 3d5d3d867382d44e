package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagType;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// `ps`, `container ls`.
final class PsCommand extends Command {
    private static final String[] HEADS = {
        "ID",
        "CONTAINER ID",
        "Names",
        "NAMES",
        "Image",
        "IMAGE",
        "Command",
        "COMMAND",
        "CreatedAt",
        "CREATED AT",
        "RunningFor",
        "CREATED",
        "Ports",
        "PORTS",
        "State",
        "STATE",
        "Status",
        "STATUS",
        "Size",
        "SIZE",
        "Labels",
        "LABELS",
        "Mounts",
        "MOUNTS",
        "LocalVolumes",
        "LOCAL VOLUMES",
        "Networks",
        "NETWORKS",
        "Platform",
        "PLATFORM",
        "HealthStatus",
        "HEALTH STATUS"
    };
    private static final String[] TABLE = {
        "ID", "Image", "Command", "RunningFor", "Status", "Ports", "Names"
    };
    private static final String[] SIZE_TABLE = {
        "ID", "Image", "Command", "RunningFor", "Status", "Ports", "Names", "Size"
    };

    private static final String[] RAW = {
        "container_id", "ID",
        "image", "Image",
        "command", "Command",
        "created_at", "CreatedAt",
        "state", "State",
        "status", "Status",
        "names", "Names",
        "labels", "Labels",
        "ports", "Ports"
    };
    private static final String[] SIZE_RAW = withSize(RAW);

    private static String[] withSize(String[] raw) {
        String[] all = Arrays.copyOf(raw, raw.length + 2);
        all[raw.length] = "size";
        all[raw.length + 1] = "Size";
        return all;
    }

    PsCommand(String name) {
        super(name, "[OPTIONS]", "List containers", 0, 0);
    }

    @Override
    String aliases() {
        return "carafe container ls, carafe container list, carafe container ps, carafe ps";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.bool('a', "all", "Show stopped containers too"),
            Flag.of(
                    FlagType.FILTER,
                    'f',
                    "filter",
                    "Show only what matches, such as 'status=exited' or 'label=app=web'"),
            Flag.string("format", Listing.FORMAT_HELP),
            Flag.of(FlagType.INT, 'n', "last", "Show the last n containers created, in any state")
                    .withDefault("-1"),
            Flag.bool('l', "latest", "Show the last container created, in any state"),
            Flag.bool("no-trunc", "Show whole ids and commands"),
            Flag.bool('q', "quiet", "Show ids only"),
            Flag.bool('s', "size", "Show how much disk each container uses"),
        };
    }

    @Override
    String[] examples() {
        return new String[] {
            "ps -a", "All containers, also those that ended",
            "ps --filter status=exited -q", "The ids of the ended ones",
            "ps --format 'table {{.Names}}\\t{{.Status}}'", "Two columns only",
        };
    }

    @Override
    int run(Session session, Parsed flags) {
        boolean quiet = flags.bool("quiet");
        String format = Listing.format(session, flags.text("format"), "psFormat");
        boolean size = flags.bool("size") || (!quiet && format.contains(".Size"));
        long last = flags.bool("latest") ? 1 : flags.number("last");
        Query query =
                Query.of("/containers/json").withIf(flags.bool("all"), "all").withIf(size, "size");
        if (last > 0) {
            query.with("limit", Long.toString(last));
        }
        query.withIfAny("filters", Filters.json(flags.all("filter")));
        List<JsonObject> containers = session.api().getList(query.toString());
        boolean whole = flags.bool("no-trunc");
        long now = System.currentTimeMillis() / 1000;
        if (quiet) {
            if (!flags.text("format").isEmpty()) {
                session.err()
                        .line(
                                "WARNING: Ignoring custom format, because both --format and --quiet are set.");
            }
            for (JsonObject container : containers) {
                String id = ContainerRow.id(container, whole);
                session.out().line(format.equals("raw") ? "container_id: " + id : id);
            }
            return 0;
        }
        List<ContainerRow> rows = new ArrayList<>();
        for (JsonObject container : containers) {
            rows.add(new ContainerRow(container, whole, now));
        }
        new Listing(session, format, flags.bool("size") ? SIZE_TABLE : TABLE, HEADS)
                .withRaw(flags.bool("size") ? SIZE_RAW : RAW)
                .print(rows);
        return 0;
    }
}
