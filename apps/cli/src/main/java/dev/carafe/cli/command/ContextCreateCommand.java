package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagType;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.Context;
import dev.carafe.cli.session.ContextStore;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Session;
import java.io.IOException;

/// `context create`.
final class ContextCreateCommand extends Command {
    ContextCreateCommand() {
        super("create", "[OPTIONS] CONTEXT", "Make a context", 1, 1);
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.string("description", "What the context is for"),
            Flag.of(FlagType.PAIRS, "docker", ContextEndpoint.HELP),
            Flag.string("from", "Copy this context"),
        };
    }

    @Override
    String[] examples() {
        return new String[] {
            "context create build --docker host=ssh://me@build", "The daemon of another machine",
            "context create safe --docker host=tcp://build:2376,ca=ca.pem,cert=cert.pem,key=key.pem",
                    "With certificates"
        };
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        ContextStore store = session.contexts();
        String name = Context.checked(flags.argument(0));
        if (store.find(name).isPresent()) {
            throw new Failure("context \"" + name + "\" already exists");
        }
        store.save(made(session, flags, name, store));
        session.out().line(name).flush();
        session.err().line("Successfully created context \"" + name + "\"");
        return 0;
    }

    private static Context made(Session session, Parsed flags, String name, ContextStore store) {
        String description = flags.text("description");
        if (flags.has("docker")) {
            if (flags.has("from")) {
                throw new Failure("cannot use --docker flag when --from is set");
            }
            return ContextEndpoint.read(flags.all("docker"), name, description, store);
        }
        String from = flags.has("from") ? flags.text("from") : session.contextName();
        return ContextEndpoint.of(from, store)
                .named(name)
                .described(flags.has("description") ? description : null);
    }
}
