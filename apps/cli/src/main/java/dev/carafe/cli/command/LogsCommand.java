package dev.carafe.cli.command;

import dev.carafe.cli.flags.BadValue;
import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.http.Demultiplexer;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.session.Stream;
import dev.carafe.cli.text.Instants;
import java.io.IOException;

/// `logs`.
final class LogsCommand extends Command {
    LogsCommand() {
        super("logs", "[OPTIONS] CONTAINER", "Show what a container printed", 1, 1);
    }

    @Override
    String aliases() {
        return "carafe container logs, carafe logs";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.bool("details", "Show the attributes that the log driver keeps"),
            Flag.bool('f', "follow", "Go on with what is printed from now on"),
            Flag.string(
                    "since", "From this time on (2013-01-02T13:23:37Z, or 42m for 42 minutes ago)"),
            Flag.string('n', "tail", "So many lines from the end").withDefault("all"),
            Flag.bool('t', "timestamps", "Show when each line was printed"),
            Flag.string(
                    "until", "Up to this time (2013-01-02T13:23:37Z, or 42m for 42 minutes ago)"),
        };
    }

    @Override
    Completion completes(int position) {
        return Completion.CONTAINERS;
    }

    @Override
    String[] examples() {
        return new String[] {
            "logs -f --tail 20 web",
            "The last lines, and what follows",
            "logs --since 10m -t web",
            "The last ten minutes, with times"
        };
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        JsonObject container =
                session.api()
                        .getObject("/containers/" + Query.segment(flags.argument(0)) + "/json");
        long now = System.currentTimeMillis();
        String since = time(flags, "since", now);
        String until = time(flags, "until", now);
        Query query =
                Query.of("/containers/" + container.text("Id") + "/logs")
                        .with("stdout", "1")
                        .with("stderr", "1")
                        .withIf(flags.bool("follow"), "follow")
                        .withIf(flags.bool("timestamps"), "timestamps")
                        .withIf(flags.bool("details"), "details")
                        .withIfAny("since", since)
                        .withIfAny("until", until)
                        .with("tail", flags.text("tail"));
        try (Stream stream = session.api().stream("GET", query.toString(), null)) {
            if (container.object("Config").bool("Tty")) {
                byte[] buffer = new byte[32 * 1024];
                for (int n = stream.in().read(buffer, 0, buffer.length);
                        n >= 0;
                        n = stream.in().read(buffer, 0, buffer.length)) {
                    session.out().write(buffer, 0, n);
                }
            } else {
                Demultiplexer.copy(stream.in(), session.out(), session.err());
            }
        }
        return 0;
    }

    private static String time(Parsed flags, String name, long now) {
        try {
            return Instants.stamp(flags.text(name), now);
        } catch (BadValue e) {
            throw new Failure("invalid value for \"" + name + "\": " + e.getMessage());
        }
    }
}
