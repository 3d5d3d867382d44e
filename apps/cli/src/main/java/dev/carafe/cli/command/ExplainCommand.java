package dev.carafe.cli.command;

import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;

/// `explain`: not of Docker.
final class ExplainCommand extends Command {
    ExplainCommand() {
        super(
                "explain",
                "CONTAINER",
                "Tell in words how a container is kept apart, and which flag made it so",
                1,
                1);
    }

    @Override
    Completion completes(int position) {
        return Completion.CONTAINERS;
    }

    @Override
    int run(Session session, Parsed flags) {
        JsonObject container =
                session.api()
                        .getObject("/containers/" + Query.segment(flags.argument(0)) + "/json");
        new Explanation(container).lines().forEach(session.out()::line);
        return 0;
    }
}
