package dev.carafe.cli.command;

import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import java.util.List;

/// `top`.
final class TopCommand extends Command {
    private static final int WIDTH = 20;

    TopCommand() {
        super("top", "CONTAINER [ps OPTIONS]", "Show the processes of a container", 1, ANY);
    }

    @Override
    String aliases() {
        return "carafe container top, carafe top";
    }

    @Override
    boolean interspersed() {
        return false;
    }

    @Override
    Completion completes(int position) {
        return position == 0 ? Completion.RUNNING : Completion.NOTHING;
    }

    @Override
    int run(Session session, Parsed flags) {
        List<String> arguments = flags.arguments();
        String options = String.join(" ", arguments.subList(1, arguments.size()));
        JsonObject top =
                session.api()
                        .getObject(
                                Query.of("/containers/" + Query.segment(arguments.get(0)) + "/top")
                                        .withIfAny("ps_args", options)
                                        .toString());
        print(session, top.list("Titles"));
        for (Object process : top.list("Processes")) {
            if (process instanceof List<?> row) {
                print(session, row);
            }
        }
        return 0;
    }

    /// Docker pads these columns to 20, or to the next place three spaces on.
    private static void print(Session session, List<?> row) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String cell = String.valueOf(row.get(i));
            line.append(cell);
            if (i < row.size() - 1) {
                line.append(" ".repeat(Math.max(1, WIDTH - cell.length())));
            }
        }
        session.out().line(line.toString());
    }
}
