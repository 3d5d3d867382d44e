package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;

/// `network disconnect`.
final class NetworkDisconnectCommand extends Command {
    NetworkDisconnectCommand() {
        super("disconnect", "[OPTIONS] NETWORK CONTAINER", "Take a container off a network", 2, 2);
    }

    @Override
    Flag[] flags() {
        return new Flag[] {Flag.bool('f', "force", "Also when the container can't be asked")};
    }

    @Override
    Completion completes(int position) {
        return position == 0 ? Completion.NETWORKS : Completion.CONTAINERS;
    }

    @Override
    int run(Session session, Parsed flags) {
        session.api()
                .post(
                        Query.of("/networks/" + Query.segment(flags.argument(0)) + "/disconnect")
                                .toString(),
                        new JsonObject()
                                .with("Container", flags.argument(1))
                                .with("Force", flags.bool("force")));
        return 0;
    }
}
