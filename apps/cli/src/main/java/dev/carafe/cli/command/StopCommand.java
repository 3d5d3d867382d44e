package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagType;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;

/// `stop` and `restart`.
final class StopCommand extends Command {
    StopCommand(String name) {
        super(
                name,
                "[OPTIONS] CONTAINER [CONTAINER...]",
                name.equals("stop")
                        ? "Stop running containers"
                        : "Stop containers and start them again",
                1,
                ANY);
    }

    @Override
    String aliases() {
        return "carafe container " + name() + ", carafe " + name();
    }

    @Override
    String details() {
        return "The process gets its stop signal (SIGTERM unless the image or -s says otherwise) and, when it has not ended"
                + " after the timeout (10 seconds unless set), SIGKILL.";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.string('s', "signal", "Signal that asks the process to end"),
            Flag.of(
                            FlagType.INT,
                            't',
                            "timeout",
                            "Seconds to wait before SIGKILL; -1 waits for ever")
                    .withDefault("0"),
            Flag.of(FlagType.INT, "time", "As --timeout").asDeprecated("use --timeout instead"),
        };
    }

    @Override
    Completion completes(int position) {
        return name().equals("stop") ? Completion.RUNNING : Completion.CONTAINERS;
    }

    @Override
    int run(Session session, Parsed flags) {
        Query suffix = Query.of("/" + name()).withIfAny("signal", flags.text("signal"));
        if (flags.has("timeout") || flags.has("time")) {
            suffix.with("t", flags.text(flags.has("timeout") ? "timeout" : "time"));
        }
        return Each.parallel(
                session,
                flags.arguments(),
                (own, name) -> {
                    own.api().post("/containers/" + Query.segment(name) + suffix);
                    return name;
                });
    }
}
