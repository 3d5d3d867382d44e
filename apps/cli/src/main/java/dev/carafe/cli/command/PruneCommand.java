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

/// `container prune` and `image prune`.
final class PruneCommand extends Command {
    private final boolean containers;

    PruneCommand(boolean containers) {
        super(
                "prune",
                "[OPTIONS]",
                containers ? "Remove all stopped containers" : "Remove images that nothing uses",
                0,
                0);
        this.containers = containers;
    }

    @Override
    Flag[] flags() {
        Flag filter =
                Flag.of(FlagType.FILTER, "filter", "Remove only what matches, such as 'until=24h'");
        Flag force = Flag.bool('f', "force", "Do not ask");
        return containers
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
        if (!containers) {
            filters.add("dangling=" + !all);
        }
        Query query =
                Query.of(containers ? "/containers/prune" : "/images/prune")
                        .withIfAny("filters", Filters.json(filters));
        JsonObject report = session.api().post(query.toString());
        if (containers) {
            List<String> deleted = report.texts("ContainersDeleted");
            if (!deleted.isEmpty()) {
                session.out().line("Deleted Containers:").line(String.join("\n", deleted)).line("");
            }
        } else {
            images(session, report.objects("ImagesDeleted"));
        }
        session.out()
                .line("Total reclaimed space: " + Human.size4(report.number("SpaceReclaimed")));
        return 0;
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
        if (containers) {
            return "WARNING! This will remove all stopped containers.";
        }
        return all
                ? "WARNING! This will remove all images without at least one container associated to them."
                : "WARNING! This will remove all dangling images.";
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
