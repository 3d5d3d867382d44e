package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagType;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.Context;
import dev.carafe.cli.session.ContextStore;
import dev.carafe.cli.session.Session;
import java.io.IOException;

/// `context update`.
final class ContextUpdateCommand extends Command {
    ContextUpdateCommand() {
        super("update", "[OPTIONS] CONTEXT", "Change a context", 1, 1);
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.string("description", "What the context is for"),
            Flag.of(FlagType.PAIRS, "docker", ContextEndpoint.HELP),
        };
    }

    @Override
    Completion completes(int position) {
        return Completion.CONTEXTS;
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        ContextStore store = session.contexts();
        Context context = store.get(Context.checked(flags.argument(0)));
        if (flags.has("docker")) {
            context =
                    ContextEndpoint.read(
                            flags.all("docker"), context.name(), context.description(), store);
        }
        store.save(context.described(flags.has("description") ? flags.text("description") : null));
        session.out().line(context.name()).flush();
        session.err().line("Successfully updated context \"" + context.name() + "\"");
        return 0;
    }
}
