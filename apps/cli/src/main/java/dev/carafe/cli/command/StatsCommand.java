package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.session.Stream;
import dev.carafe.cli.terminal.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// `stats`: a table that is drawn again and again, or once.
final class StatsCommand extends Command {
    private static final int REDRAW_MILLIS = 500;
    private static final String HOME = "\u001b[H";
    private static final String CLEAR = "\u001b[2J";
    private static final String LINE_END = "\u001b[K\n";
    private static final String REST = "\u001b[J";
    private static final String[] HEADS = {
        "Container",
        "CONTAINER",
        "ID",
        "CONTAINER ID",
        "Name",
        "NAME",
        "CPUPerc",
        "CPU %",
        "MemUsage",
        "MEM USAGE / LIMIT",
        "MemPerc",
        "MEM %",
        "NetIO",
        "NET I/O",
        "BlockIO",
        "BLOCK I/O",
        "PIDs",
        "PIDS"
    };
    private static final String[] TABLE = {
        "ID", "Name", "CPUPerc", "MemUsage", "MemPerc", "NetIO", "BlockIO", "PIDs"
    };

    StatsCommand() {
        super(
                "stats",
                "[OPTIONS] [CONTAINER...]",
                "Show what containers use, on a live screen",
                0,
                ANY);
    }

    @Override
    String aliases() {
        return "carafe container stats, carafe stats";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.bool('a', "all", "Show stopped containers too"),
            Flag.string("format", Listing.FORMAT_HELP),
            Flag.bool("no-stream", "Show the figures once and end"),
            Flag.bool("no-trunc", "Show whole ids"),
        };
    }

    @Override
    Completion completes(int position) {
        return Completion.RUNNING;
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        boolean stream = !flags.bool("no-stream");
        StatsBoard board = new StatsBoard(session, stream, flags.bool("no-trunc"));
        CountDownLatch over = new CountDownLatch(1);
        if (flags.arguments().isEmpty()) {
            boolean all = flags.bool("all");
            if (stream) {
                follow(session, board, all, over);
            }
            Query running = Query.of("/containers/json").withIf(all, "all");
            for (JsonObject container : session.api().getList(running.toString())) {
                board.add(shortId(container.text("Id")));
            }
        } else {
            flags.arguments().forEach(board::add);
        }
        board.awaitFirst();
        String format = Listing.format(session, flags.text("format"), "statsFormat");
        if (stream) {
            draw(session, board, format, over);
        } else {
            session.out().print(table(session, board.rows(), format));
        }
        return 0;
    }

    /// Adds containers that start and removes those that end.
    private static void follow(
            Session session, StatsBoard board, boolean all, CountDownLatch over) {
        String target =
                Query.of("/events")
                        .with("filters", Filters.json(List.of("type=container")))
                        .toString();
        Stream events = session.api().stream("GET", target, null);
        Thread.startVirtualThread(() -> {
            try (events) {
                for (JsonObject event = events.next(); event != null; event = events.next()) {
                    String id = shortId(event.object("Actor").text("ID"));
                    switch (event.text("Action")) {
                        case "create" -> add(board, id, all);
                        case "start" -> add(board, id, true);
                        case "die" -> remove(board, id, !all);
                        case "destroy" -> remove(board, id, true);
                        default -> {}
                    }
                }
            } catch (IOException | Failure e) {
                // the daemon is gone: what is drawn ends with it
            } finally {
                over.countDown();
            }
        });
    }

    private static void add(StatsBoard board, String id, boolean wanted) {
        if (wanted) {
            board.add(id);
        }
    }

    private static void remove(StatsBoard board, String id, boolean wanted) {
        if (wanted) {
            board.remove(id);
        }
    }

    private static String shortId(String id) {
        return id.length() > 12 ? id.substring(0, 12) : id;
    }

    private static void draw(
            Session session, StatsBoard board, String format, CountDownLatch over) {
        Output out = session.out();
        boolean screen = out.isTerminal();
        out.print(screen ? CLEAR : "");
        try {
            do {
                String table = table(session, board.rows(), format);
                out.print(screen ? HOME + table.replace("\n", LINE_END) + REST : table).flush();
            } while (!over.await(REDRAW_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            throw new Failure("interrupted");
        }
    }

    private static String table(Session session, List<StatsRow> rows, String format) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Output out = new Output(text, false);
        Session drawing = new Session(session.globals(), session.in(), false, out, session.err());
        new Listing(drawing, format, TABLE, HEADS).print(rows);
        out.flush();
        return text.toString(StandardCharsets.UTF_8);
    }
}
