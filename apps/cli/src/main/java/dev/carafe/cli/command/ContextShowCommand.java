package dev.carafe.cli.command;

import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.Session;

/// `context show`.
final class ContextShowCommand extends Command {
    ContextShowCommand() {
        super("show", "", "Print the name of the context in use", 0, 0);
    }

    @Override
    int run(Session session, Parsed flags) {
        session.out().line(session.contextName());
        return 0;
    }
}
