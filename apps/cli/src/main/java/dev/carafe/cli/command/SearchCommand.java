package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagType;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// `search`.
final class SearchCommand extends Command {
    private static final int LONGEST = 45;
    private static final String[] HEADS = {
        "Name",
        "NAME",
        "Description",
        "DESCRIPTION",
        "StarCount",
        "STARS",
        "IsOfficial",
        "OFFICIAL",
        "IsAutomated",
        "AUTOMATED"
    };
    private static final String[] TABLE = {"Name", "Description", "StarCount", "IsOfficial"};

    SearchCommand() {
        super("search", "[OPTIONS] TERM", "Find images in a registry", 1, 1);
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.of(FlagType.FILTER, 'f', "filter", "Show only what matches, such as 'stars=3'"),
            Flag.string("format", Listing.FORMAT_HELP),
            Flag.of(FlagType.INT, "limit", "Show at most so many"),
            Flag.bool("no-trunc", "Show whole descriptions"),
        };
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        String term = flags.arguments().getFirst();
        Query query =
                Query.of("/images/search")
                        .with("term", term)
                        .withIfAny("limit", flags.text("limit"))
                        .withIfAny("filters", Filters.json(flags.all("filter")));
        List<FoundRow> rows = new ArrayList<>();
        for (JsonObject found :
                session.api().getList(query.toString(), Credentials.header(session, term))) {
            rows.add(new FoundRow(found, flags.bool("no-trunc")));
        }
        rows.sort(Comparator.comparingLong((FoundRow row) -> row.stars).reversed());
        String format = Listing.format(session, flags.text("format"), "searchFormat");
        new Listing(session, format, TABLE, HEADS).print(rows);
        return 0;
    }

    private static final class FoundRow extends Row {
        private final JsonObject found;
        private final boolean whole;
        private final long stars;

        FoundRow(JsonObject found, boolean whole) {
            super(
                    "*search.searchContext",
                    "Name",
                    "Description",
                    "StarCount",
                    "IsOfficial",
                    "IsAutomated");
            this.found = found;
            this.whole = whole;
            this.stars = found.number("star_count");
        }

        @Override
        String text(String field) {
            return switch (field) {
                case "Name" -> found.text("name");
                case "StarCount" -> Long.toString(stars);
                case "IsOfficial" -> found.bool("is_official") ? "[OK]" : "";
                case "IsAutomated" -> found.bool("is_automated") ? "[OK]" : "";
                default -> description();
            };
        }

        private String description() {
            String text = found.text("description").replace('\n', ' ').replace('\r', ' ');
            return whole || text.length() <= LONGEST
                    ? text
                    : text.substring(0, LONGEST - 1) + "\u2026";
        }
    }
}
