package dev.carafe.cli.command;

import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.Context;
import dev.carafe.cli.session.Session;
import java.io.IOException;

/// `context use`.
final class ContextUseCommand extends Command {
    ContextUseCommand() {
        super("use", "CONTEXT", "Choose the context that commands use", 1, 1);
    }

    @Override
    String details() {
        return "'default' goes back to the daemon of this machine. The choice holds for carafe alone:"
                + " docker keeps its own.";
    }

    @Override
    Completion completes(int position) {
        return Completion.CONTEXTS;
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        String name = flags.argument(0);
        boolean standard = name.equals(Context.DEFAULT);
        if (!standard) {
            session.contexts().get(Context.checked(name));
        }
        session.contexts().choose(standard ? null : name);
        session.out().line(name).flush();
        session.err().line("Current context is now \"" + name + "\"");
        ContextListCommand.warnOfHost(session);
        return 0;
    }
}
