package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;

/// `volume rm`.
final class VolumeRmCommand extends Command {
    VolumeRmCommand() {
        super("rm", "[OPTIONS] VOLUME [VOLUME...]", "Remove volumes that nothing uses", 1, ANY);
    }

    @Override
    String aliases() {
        return "carafe volume rm, carafe volume remove";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {Flag.bool('f', "force", "Do not mind what is not there")};
    }

    @Override
    Completion completes(int position) {
        return Completion.VOLUMES;
    }

    @Override
    int run(Session session, Parsed flags) {
        return Each.run(
                session,
                flags.arguments(),
                "",
                name -> {
                    Object unused =
                            session.api()
                                    .delete(
                                            Query.of("/volumes/" + Query.segment(name))
                                                    .withIf(flags.bool("force"), "force")
                                                    .toString());
                    return name;
                });
    }
}
