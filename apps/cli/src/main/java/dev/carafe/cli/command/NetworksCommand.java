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

/// `network ls`.
final class NetworksCommand extends Command {
    private static final String[] HEADS = {
        "ID",
        "NETWORK ID",
        "Name",
        "NAME",
        "Driver",
        "DRIVER",
        "Scope",
        "SCOPE",
        "IPv4",
        "IPV4",
        "IPv6",
        "IPV6",
        "Internal",
        "INTERNAL",
        "Labels",
        "LABELS",
        "CreatedAt",
        "CREATED AT"
    };
    private static final String[] TABLE = {"ID", "Name", "Driver", "Scope"};

    private static final String[] RAW = {
        "network_id", "ID", "name", "Name", "driver", "Driver", "scope", "Scope"
    };

    NetworksCommand() {
        super("ls", "[OPTIONS]", "List networks", 0, 0);
    }

    @Override
    String aliases() {
        return "carafe network ls, carafe network list";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.of(
                    FlagType.FILTER,
                    'f',
                    "filter",
                    "Show only what matches, such as 'driver=bridge'"),
            Flag.string("format", Listing.FORMAT_HELP),
            Flag.bool("no-trunc", "Show whole ids"),
            Flag.bool('q', "quiet", "Show ids only"),
        };
    }

    @Override
    int run(Session session, Parsed flags) {
        Query query = Query.of("/networks").withIfAny("filters", Filters.json(flags.all("filter")));
        List<NetworkRow> rows = new ArrayList<>();
        for (JsonObject network : session.api().getList(query.toString())) {
            rows.add(new NetworkRow(network, flags.bool("no-trunc")));
        }
        rows.sort((a, b) -> a.text("Name").compareTo(b.text("Name")));
        String format =
                flags.bool("quiet") && !flags.has("format")
                        ? "{{.ID}}"
                        : Listing.format(session, flags.text("format"), "networksFormat");
        new Listing(session, format, TABLE, HEADS)
                .withRaw(flags.bool("quiet") ? new String[] {"network_id", "ID"} : RAW)
                .print(rows);
        return 0;
    }

    private static final class NetworkRow extends Row {
        private final JsonObject network;
        private final boolean whole;

        NetworkRow(JsonObject network, boolean whole) {
            super(
                    "*network.networkContext",
                    "ID",
                    "Name",
                    "Driver",
                    "Scope",
                    "IPv4",
                    "IPv6",
                    "Internal",
                    "Labels",
                    "CreatedAt");
            this.network = network;
            this.whole = whole;
        }

        @Override
        Map<String, String> labels() {
            return network.strings("Labels");
        }

        @Override
        String text(String field) {
            return switch (field) {
                case "ID" -> whole ? network.text("Id") : Human.shortId(network.text("Id"));
                case "IPv4" ->
                        network.containsKey("EnableIPv4") ? network.text("EnableIPv4") : "true";
                case "IPv6" -> Boolean.toString(network.bool("EnableIPv6"));
                case "Internal" -> Boolean.toString(network.bool("Internal"));
                case "Labels" -> joined(labels());
                case "CreatedAt" ->
                        network.text("Created").replace('T', ' ').replace("Z", " +0000 UTC");
                default -> network.text(field);
            };
        }
    }
}
