package dev.carafe.cli.command;

import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.ApiFailure;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;

/// `rename`.
final class RenameCommand extends Command {
    RenameCommand() {
        super("rename", "CONTAINER NEW_NAME", "Give a container another name", 2, 2);
    }

    @Override
    String aliases() {
        return "carafe container rename, carafe rename";
    }

    @Override
    Completion completes(int position) {
        return position == 0 ? Completion.CONTAINERS : Completion.NOTHING;
    }

    @Override
    int run(Session session, Parsed flags) {
        if (flags.argument(0).isBlank() || flags.argument(1).isBlank()) {
            throw new Failure("Error: Neither old nor new names may be empty");
        }
        String target =
                Query.of("/containers/" + Query.segment(flags.argument(0)) + "/rename")
                        .with("name", flags.argument(1))
                        .toString();
        try {
            session.api().post(target);
            return 0;
        } catch (ApiFailure e) {
            throw new Failure(
                    e.text() + "\nError: failed to rename container named " + flags.argument(0));
        }
    }
}
