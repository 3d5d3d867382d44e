package dev.carafe.cli.command;

import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;

/// `wait`.
final class WaitCommand extends Command {
    WaitCommand() {
        super(
                "wait",
                "CONTAINER [CONTAINER...]",
                "Wait until containers end and print their exit codes",
                1,
                ANY);
    }

    @Override
    String aliases() {
        return "carafe container wait, carafe wait";
    }

    @Override
    Completion completes(int position) {
        return Completion.RUNNING;
    }

    @Override
    int run(Session session, Parsed flags) {
        return Each.run(
                session,
                flags.arguments(),
                "",
                name -> {
                    JsonObject answer =
                            session.api().post("/containers/" + Query.segment(name) + "/wait");
                    String error = answer.object("Error").text("Message");
                    if (!error.isEmpty()) {
                        throw new Failure(error);
                    }
                    return Long.toString(answer.number("StatusCode"));
                });
    }
}
