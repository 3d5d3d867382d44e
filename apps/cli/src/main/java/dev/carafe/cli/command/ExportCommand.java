package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import java.io.IOException;

/// `export`.
final class ExportCommand extends Command {
    ExportCommand() {
        super(
                "export",
                "[OPTIONS] CONTAINER",
                "Write a container's filesystem as a tar archive",
                1,
                1);
    }

    @Override
    String aliases() {
        return "carafe container export, carafe export";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.string('o', "output", "Write to this file instead of standard output")
        };
    }

    @Override
    Completion completes(int position) {
        return Completion.CONTAINERS;
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        Download.run(
                session,
                "/containers/" + Query.segment(flags.argument(0)) + "/export",
                flags.text("output"),
                "failed to export container");
        return 0;
    }
}
