package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;

/// `kill`.
final class KillCommand extends Command {
    KillCommand() {
        super(
                "kill",
                "[OPTIONS] CONTAINER [CONTAINER...]",
                "Send a signal to running containers",
                1,
                ANY);
    }

    @Override
    String aliases() {
        return "carafe container kill, carafe kill";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.string('s', "signal", "Signal, by name or number; SIGKILL when not given")
        };
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
                    own.api()
                            .post(
                                    Query.of("/containers/" + Query.segment(name) + "/kill")
                                            .withIfAny("signal", flags.text("signal"))
                                            .toString());
                    return name;
                });
    }
}
