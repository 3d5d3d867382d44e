package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.text.Human;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// `history`.
final class HistoryCommand extends Command {
    private static final int COMMAND_WIDTH = 45;
    private static final String[] HEADS = {
        "ID",
        "IMAGE",
        "CreatedSince",
        "CREATED",
        "CreatedAt",
        "CREATED AT",
        "CreatedBy",
        "CREATED BY",
        "Size",
        "SIZE",
        "Comment",
        "COMMENT"
    };
    private static final String[] TABLE = {"ID", "CreatedSince", "CreatedBy", "Size", "Comment"};
    private static final String[] PLAIN_TABLE = {"ID", "CreatedAt", "CreatedBy", "Size", "Comment"};

    HistoryCommand() {
        super("history", "[OPTIONS] IMAGE", "Show how an image was made, layer by layer", 1, 1);
    }

    @Override
    String aliases() {
        return "carafe image history, carafe history";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.string("format", Listing.FORMAT_HELP),
            Flag.bool('H', "human", "Show sizes and times for people").withDefault("true"),
            Flag.bool("no-trunc", "Show whole ids and commands"),
            Flag.string(
                    "platform", "Platform of the image (os[/arch[/variant]]) where it has several"),
            Flag.bool('q', "quiet", "Show ids only"),
        };
    }

    @Override
    Completion completes(int position) {
        return Completion.IMAGES;
    }

    @Override
    int run(Session session, Parsed flags) {
        Query query =
                Query.of("/images/" + Query.segment(flags.argument(0)) + "/history")
                        .withIfAny("platform", flags.text("platform"));
        boolean human = flags.bool("human");
        List<HistoryRow> rows = new ArrayList<>();
        for (JsonObject item : session.api().getList(query.toString())) {
            rows.add(new HistoryRow(item, flags.bool("no-trunc"), human));
        }
        String format =
                flags.bool("quiet") && !flags.has("format") ? "{{.ID}}" : flags.text("format");
        new Listing(session, format, human ? TABLE : PLAIN_TABLE, HEADS).print(rows);
        return 0;
    }

    private static final class HistoryRow extends Row {
        private final JsonObject item;
        private final boolean whole;
        private final boolean human;

        HistoryRow(JsonObject item, boolean whole, boolean human) {
            super(
                    "*image.historyContext",
                    "ID",
                    "CreatedSince",
                    "CreatedAt",
                    "CreatedBy",
                    "Size",
                    "Comment");
            this.item = item;
            this.whole = whole;
            this.human = human;
        }

        @Override
        String text(String field) {
            return switch (field) {
                case "ID" ->
                        whole || item.text("Id").startsWith("<")
                                ? item.text("Id")
                                : Human.shortId(item.text("Id"));
                case "CreatedSince" ->
                        item.number("Created") <= 0
                                ? "N/A"
                                : human
                                        ? Human.ago(
                                                item.number("Created"),
                                                System.currentTimeMillis() / 1000)
                                        : text("CreatedAt");
                case "CreatedAt" -> Instant.ofEpochSecond(item.number("Created")).toString();
                case "CreatedBy" -> {
                    String by = item.text("CreatedBy").replace('\t', ' ');
                    yield whole ? by : Human.shorten(by, COMMAND_WIDTH);
                }
                case "Size" -> human ? Human.size(item.number("Size")) : item.text("Size");
                case "Comment" -> item.text("Comment");
                default -> "";
            };
        }
    }
}
