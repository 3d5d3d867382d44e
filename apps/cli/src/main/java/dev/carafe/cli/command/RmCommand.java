package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.ApiFailure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;

/// `rm`.
final class RmCommand extends Command {
    RmCommand() {
        super("rm", "[OPTIONS] CONTAINER [CONTAINER...]", "Remove containers", 1, ANY);
    }

    @Override
    String aliases() {
        return "carafe container rm, carafe container remove, carafe rm";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.bool(
                    'f',
                    "force",
                    "Kill what still runs (SIGKILL), and do not mind what is not there"),
            Flag.bool('l', "link", "Remove the link of this name, not the container"),
            Flag.bool('v', "volumes", "Remove the containers' anonymous volumes too"),
        };
    }

    @Override
    Completion completes(int position) {
        return Completion.CONTAINERS;
    }

    @Override
    String[] examples() {
        return new String[] {
            "rm -f web",
            "Remove a container, running or not",
            "rm $(carafe ps -aq -f status=exited)",
            "Remove all that ended",
        };
    }

    @Override
    int run(Session session, Parsed flags) {
        boolean force = flags.bool("force");
        return Each.parallel(
                session,
                flags.arguments(),
                (own, name) -> {
                    String bare = name.startsWith("/") ? name.substring(1) : name;
                    Query query =
                            Query.of("/containers/" + Query.segment(bare))
                                    .withIf(flags.bool("volumes"), "v")
                                    .withIf(flags.bool("link"), "link")
                                    .withIf(force, "force");
                    try {
                        own.api().delete(query.toString());
                    } catch (ApiFailure e) {
                        if (!force || e.status() != 404) {
                            throw e;
                        }
                        own.err().line(e.text());
                        return "";
                    }
                    return name;
                });
    }
}
