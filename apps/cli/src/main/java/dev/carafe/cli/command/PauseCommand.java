package dev.carafe.cli.command;

import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;

/// `pause` and `unpause`.
final class PauseCommand extends Command {
    PauseCommand(String name) {
        super(
                name,
                "CONTAINER [CONTAINER...]",
                name.equals("pause")
                        ? "Freeze all processes of containers"
                        : "Let frozen containers go on",
                1,
                ANY);
    }

    @Override
    String aliases() {
        return "carafe container " + name() + ", carafe " + name();
    }

    @Override
    Completion completes(int position) {
        return Completion.RUNNING;
    }

    @Override
    int run(Session session, Parsed flags) {
        return Each.parallel(
                session,
                flags.arguments(),
                (own, name) -> {
                    own.api().post("/containers/" + Query.segment(name) + "/" + name());
                    return name;
                });
    }
}
