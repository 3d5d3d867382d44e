package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagType;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.text.Human;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `container prune`, `image prune` and `network prune`.
final class PruneCommand extends Command {
    /// What is removed.
    enum Kind {
        CONTAINERS("/containers/prune", "Remove all stopped containers"),
        IMAGES("/images/prune", "Remove images that nothing uses"),
        NETWORKS("/networks/prune", "Remove networks that nothing uses");

        private final String path;
        private final String summary;

        Kind(String path, String summary) {
            this.path = path;
            this.summary = summary;
        }
    }

    private final Kind kind;

    PruneCommand(Kind kind) {
        super("prune", "[OPTIONS]", kind.summary, 0, 0);
        this.kind = kind;
    }

    @Override
    Flag[] flags() {
        Flag filter =
                Flag.of(FlagType.FILTER, "filter", "Remove only what matches, such as 'until=24h'");
        Flag force = Flag.bool('f', "force", "Do not ask");
        return kind != Kind.IMAGES
                ? new Flag[] {filter, force}
                : new Flag[] {
                    Flag.bool(
                            'a',
                            "all",
                            "Remove all images without a container, not only nameless ones"),
                    filter,
                    force
                };
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        boolean all = flags.bool("all");
        if (!flags.bool("force") && !confirmed(session, question(all))) {
            throw new Failure("operation cancelled");
        }
        List<String> filters = new ArrayList<>(flags.all("filter"));
        if (kind == Kind.IMAGES) {
            filters.add("dangling=" + !all);
        }
        Query query = Query.of(kind.path).withIfAny("filters", Filters.json(filters));
        JsonObject report = session.api().post(query.toString());
        switch (kind) {
            case CONTAINERS -> names(session, "Containers", report);
            case IMAGES -> images(session, report.objects("ImagesDeleted"));
            case NETWORKS -> names(session, "Networks", report);
        }
        if (kind != Kind.NETWORKS) {
            session.out()
                    .line("Total reclaimed space: " + Human.size4(report.number("SpaceReclaimed")));
        }
        return 0;
    }

    private static void names(Session session, String what, JsonObject report) {
        List<String> deleted = report.texts(what + "Deleted");
        if (!deleted.isEmpty()) {
            session.out().line("Deleted " + what + ":").line(String.join("\n", deleted)).line("");
        }
    }

    private static void images(Session session, List<JsonObject> deleted) {
        if (deleted.isEmpty()) {
            return;
        }
        session.out().line("Deleted Images:");
        for (JsonObject item : deleted) {
            boolean untagged = !item.text("Untagged").isEmpty();
            session.out()
                    .line(
                            untagged
                                    ? "untagged: " + item.text("Untagged")
                                    : "deleted: " + item.text("Deleted"));
        }
        session.out().line("");
    }

    private String question(boolean all) {
        return switch (kind) {
            case CONTAINERS -> "WARNING! This will remove all stopped containers.";
            case IMAGES ->
                    all
                            ? "WARNING! This will remove all images without at least one container associated to them."
                            : "WARNING! This will remove all dangling images.";
            case NETWORKS ->
                    "WARNING! This will remove all custom networks not used by at least one container.";
        };
    }

    private static boolean confirmed(Session session, String question) throws IOException {
        session.out().line(question).print("Are you sure you want to continue? [y/N] ").flush();
        StringBuilder answer = new StringBuilder();
        for (int c = session.in().read(); c >= 0 && c != '\n'; c = session.in().read()) {
            answer.append((char) c);
        }
        return answer.toString().trim().equalsIgnoreCase("y");
    }
}
