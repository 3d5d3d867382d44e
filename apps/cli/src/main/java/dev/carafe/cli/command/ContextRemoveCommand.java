package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.Context;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Session;
import java.io.IOException;

/// `context rm`.
final class ContextRemoveCommand extends Command {
    ContextRemoveCommand() {
        super("rm", "[OPTIONS] CONTEXT [CONTEXT...]", "Remove contexts", 1, ANY);
    }

    @Override
    String aliases() {
        return "carafe context rm, carafe context remove";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.bool('f', "force", "Remove also the context in use, and do not mind missing ones"),
        };
    }

    @Override
    Completion completes(int position) {
        return Completion.CONTEXTS;
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        int code = 0;
        for (String name : flags.arguments()) {
            try {
                remove(session, name, flags.bool("force"));
                session.out().line(name).flush();
            } catch (Failure e) {
                session.err().line(e.text());
                code = 1;
            }
        }
        return code;
    }

    private static void remove(Session session, String name, boolean force) throws IOException {
        if (name.equals(Context.DEFAULT)) {
            throw new Failure("context \"default\" cannot be removed");
        }
        if (!force && session.contexts().find(name).isEmpty()) {
            throw new Failure("context \"" + name + "\" does not exist");
        }
        if (name.equals(session.contexts().chosen())) {
            if (!force) {
                throw new Failure(
                        "context \"" + name + "\" is in use, set -f flag to force remove");
            }
            session.contexts().choose(null);
        }
        session.contexts().remove(name);
    }
}
