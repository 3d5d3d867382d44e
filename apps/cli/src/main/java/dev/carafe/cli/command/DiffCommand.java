package dev.carafe.cli.command;

import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;

/// `diff`.
final class DiffCommand extends Command {
    private static final String[] KINDS = {"C", "A", "D"};

    DiffCommand() {
        super("diff", "CONTAINER", "Show what a container changed in its filesystem", 1, 1);
    }

    @Override
    String aliases() {
        return "carafe container diff, carafe diff";
    }

    @Override
    String details() {
        return "Each line starts with A for added, C for changed or D for deleted.";
    }

    @Override
    Completion completes(int position) {
        return Completion.CONTAINERS;
    }

    @Override
    int run(Session session, Parsed flags) {
        for (JsonObject change :
                session.api()
                        .getList("/containers/" + Query.segment(flags.argument(0)) + "/changes")) {
            int kind = (int) change.number("Kind");
            session.out()
                    .line(
                            (kind >= 0 && kind < KINDS.length ? KINDS[kind] : "?")
                                    + " "
                                    + change.text("Path"));
        }
        return 0;
    }
}
