package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.text.Human;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `image referrers`: what a registry has that refers to an image.
final class ReferrersCommand extends Command {
    private static final String CREATED = "org.opencontainers.image.created";
    private static final String[] HEADS = {
        "Digest",
        "DIGEST",
        "ArtifactType",
        "ARTIFACT TYPE",
        "MediaType",
        "MEDIA TYPE",
        "Created",
        "CREATED",
        "Size",
        "SIZE"
    };
    private static final String[] TABLE = {"Digest", "ArtifactType", "Created", "Size"};

    ReferrersCommand() {
        super(
                "referrers",
                "[OPTIONS] IMAGE",
                "List what refers to an image in its registry: signatures, lists of parts, attestations",
                1,
                1);
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.string("artifact-type", "Only those of this type"),
            Flag.string("format", Listing.FORMAT_HELP),
            Flag.bool('q', "quiet", "Show digests only"),
        };
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        String image = flags.argument(0);
        Query query =
                Query.of("/carafe/referrers/" + Query.segment(image))
                        .withIfAny("artifactType", flags.text("artifact-type"));
        JsonObject found =
                session.api().getObject(query.toString(), Credentials.header(session, image));
        List<ReferrerRow> rows = new ArrayList<>();
        for (JsonObject item : found.objects("Referrers")) {
            rows.add(new ReferrerRow(item));
        }
        String format =
                flags.bool("quiet") && !flags.has("format") ? "{{.Digest}}" : flags.text("format");
        new Listing(session, format, TABLE, HEADS).print(rows);
        return 0;
    }

    private static final class ReferrerRow extends Row {
        private final JsonObject item;

        ReferrerRow(JsonObject item) {
            super(
                    "*image.referrerContext",
                    "Digest",
                    "ArtifactType",
                    "MediaType",
                    "Created",
                    "Size");
            this.item = item;
        }

        @Override
        String text(String field) {
            return switch (field) {
                case "Size" -> Human.size(item.number("Size"));
                case "Created" -> item.object("Annotations").text(CREATED);
                default -> item.text(field);
            };
        }
    }
}
