package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagType;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.terminal.RawMode;
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

    private static final int DEFAULT_WIDTH = 80;

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

    private static String[] raw(Parsed flags) {
        if (flags.bool("quiet")) {
            return new String[] {"image_id", "ID"};
        }
        List<String> raw = new ArrayList<>(List.of("repository", "Repository", "tag", "Tag"));
        if (flags.bool("digests")) {
            raw.addAll(List.of("digest", "Digest"));
        }
        raw.addAll(List.of("image_id", "ID", "created_at", "CreatedAt", "virtual_size", "Size"));
        return raw.toArray(String[]::new);
    }

    private static int tree(Session session, Parsed flags, Query query) {
        for (String other : new String[] {"quiet", "no-trunc", "digests", "format"}) {
            if (flags.has(other)) {
                throw new Failure("--" + other + " is not yet supported with --tree");
            }
        }
        List<JsonObject> images = session.api().getList(query.with("manifests", "1").toString());
        int width = session.out().isTerminal() ? RawMode.size()[1] : 0;
        session.out()
                .print(
                        ImageTree.of(
                                images,
                                flags.bool("all"),
                                width == 0 ? DEFAULT_WIDTH : width,
                                session.colours()));
        return 0;
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
        if (flags.bool("tree")) {
            return tree(session, flags, query);
        }
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
                .withRaw(raw(flags))
                .print(rows);
        return 0;
    }
}
