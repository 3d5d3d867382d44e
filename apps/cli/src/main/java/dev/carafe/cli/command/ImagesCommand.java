package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagType;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import java.util.ArrayList;
import java.util.List;

/// `images`, `image ls`.
final class ImagesCommand extends Command {
    private static final String[] HEADS = {
        "ID",
        "IMAGE ID",
        "Repository",
        "REPOSITORY",
        "Tag",
        "TAG",
        "Digest",
        "DIGEST",
        "CreatedSince",
        "CREATED",
        "CreatedAt",
        "CREATED AT",
        "Size",
        "SIZE",
        "Containers",
        "CONTAINERS",
        "VirtualSize",
        "SIZE",
        "SharedSize",
        "SHARED SIZE",
        "UniqueSize",
        "UNIQUE SIZE"
    };
    private static final String[] TABLE = {"Repository", "Tag", "ID", "CreatedSince", "Size"};
    private static final String[] DIGESTS_TABLE = {
        "Repository", "Tag", "Digest", "ID", "CreatedSince", "Size"
    };

    ImagesCommand(String name) {
        super(name, "[OPTIONS] [REPOSITORY[:TAG]]", "List images", 0, 1);
    }

    @Override
    String aliases() {
        return "carafe image ls, carafe image list, carafe images";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.bool('a', "all", "Show intermediate images too"),
            Flag.bool("digests", "Show digests"),
            Flag.of(
                    FlagType.FILTER,
                    'f',
                    "filter",
                    "Show only what matches, such as 'dangling=true' or 'reference=*:latest'"),
            Flag.string("format", Listing.FORMAT_HELP),
            Flag.bool("no-trunc", "Show whole ids"),
            Flag.bool('q', "quiet", "Show ids only"),
            Flag.bool("tree", "Show the platforms of each image"),
        };
    }

    @Override
    Completion completes(int position) {
        return Completion.IMAGES;
    }

    @Override
    int run(Session session, Parsed flags) {
        List<String> filters = new ArrayList<>(flags.all("filter"));
        if (!flags.arguments().isEmpty()) {
            filters.add("reference=" + flags.argument(0));
        }
        Query query =
                Query.of("/images/json")
                        .withIf(flags.bool("all"), "all")
                        .withIfAny("filters", Filters.json(filters));
        List<JsonObject> images = session.api().getList(query.toString());
        boolean whole = flags.bool("no-trunc");
        boolean quiet = flags.bool("quiet");
        String format =
                quiet && !flags.has("format")
                        ? "{{.ID}}"
                        : Listing.format(session, flags.text("format"), "imagesFormat");
        boolean digests = flags.bool("digests") || format.contains(".Digest");
        List<ImageRow> rows = new ArrayList<>();
        long now = System.currentTimeMillis() / 1000;
        for (JsonObject image : images) {
            ImageRow.addAll(rows, image, whole, digests, filters.contains("dangling=true"), now);
        }
        if (quiet && !flags.has("format")) {
            for (ImageRow row : rows) {
                session.out().line(row.text("ID"));
            }
            return 0;
        }
        new Listing(session, format, flags.bool("digests") ? DIGESTS_TABLE : TABLE, HEADS)
                .print(rows);
        return 0;
    }
}
