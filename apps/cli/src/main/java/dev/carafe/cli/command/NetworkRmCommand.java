package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.ApiFailure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;

/// `network rm`.
final class NetworkRmCommand extends Command {
    NetworkRmCommand() {
        super("rm", "[OPTIONS] NETWORK [NETWORK...]", "Remove networks", 1, ANY);
    }

    @Override
    String aliases() {
        return "carafe network rm, carafe network remove";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {Flag.bool('f', "force", "Do not mind what is not there")};
    }

    @Override
    Completion completes(int position) {
        return Completion.NETWORKS;
    }

    @Override
    int run(Session session, Parsed flags) {
        boolean force = flags.bool("force");
        return Each.run(
                session,
                flags.arguments(),
                "",
                name -> {
                    try {
                        Object unused = session.api().delete("/networks/" + Query.segment(name));
                        return name;
                    } catch (ApiFailure e) {
                        if (!force || e.status() != 404) {
                            throw e;
                        }
                        return "";
                    }
                });
    }
}
