package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.Context;
import dev.carafe.cli.session.Endpoint;
import dev.carafe.cli.session.Globals;
import dev.carafe.cli.session.Session;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `context ls`.
final class ContextListCommand extends Command {
    private static final String STANDARD = "Current CARAFE_HOST or DOCKER_HOST based configuration";
    private static final String[] HEADS = {
        "Marked", "NAME",
        "Name", "NAME",
        "Description", "DESCRIPTION",
        "DockerEndpoint", "DOCKER ENDPOINT",
        "Current", "CURRENT",
        "Error", "ERROR"
    };
    private static final String[] TABLE = {"Marked", "Description", "DockerEndpoint", "Error"};

    ContextListCommand() {
        super("ls", "[OPTIONS]", "List contexts", 0, 0);
    }

    @Override
    String aliases() {
        return "carafe context ls, carafe context list";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.string("format", Listing.FORMAT_HELP), Flag.bool('q', "quiet", "Show names only"),
        };
    }

    @Override
    int run(Session session, Parsed flags) {
        String current = session.contextName();
        List<ContextRow> rows = new ArrayList<>();
        rows.add(new ContextRow(Context.standard(STANDARD), current));
        for (Context context : session.contexts().all()) {
            rows.add(new ContextRow(context, current));
        }
        rows.sort(Comparator.comparing(row -> row.text("Name")));
        if (flags.bool("quiet")) {
            rows.forEach(row -> session.out().line(row.text("Name")));
            session.out().flush();
            warnOfHost(session);
            return 0;
        }
        new Listing(session, flags.text("format"), TABLE, HEADS).print(rows);
        session.out().flush();
        warnOfHost(session);
        return 0;
    }

    /// Where the environment names a daemon, contexts are passed over.
    static void warnOfHost(Session session) {
        if (Globals.environment("HOST") != null && session.globals().text("context") == null) {
            String ours = System.getenv("CARAFE_HOST");
            String name = ours != null && !ours.isEmpty() ? "CARAFE_HOST" : "DOCKER_HOST";
            session.err()
                    .line(
                            "Warning: "
                                    + name
                                    + " environment variable overrides the active context. To use a"
                                    + " context, either set the global --context flag, or unset "
                                    + name
                                    + " environment variable.");
        }
    }

    private static final class ContextRow extends Row {
        private final Context context;
        private final boolean current;

        ContextRow(Context context, String currentName) {
            super(
                    "*formatter.clientContextContext",
                    "Name",
                    "Description",
                    "DockerEndpoint",
                    "Current",
                    "Error");
            this.context = context;
            this.current = context.name().equals(currentName);
        }

        @Override
        public @Nullable Object get(String field, List<@Nullable Object> arguments) {
            return field.equals("Current") ? (Object) current : super.get(field, arguments);
        }

        @Override
        String text(String field) {
            return switch (field) {
                case "Name" -> context.name();
                case "Marked" -> context.name() + (current ? " *" : "");
                case "Description" -> context.description();
                case "DockerEndpoint" ->
                        context.host().isEmpty() ? Endpoint.DEFAULT_ADDRESS : context.host();
                case "Current" -> Boolean.toString(current);
                default -> "";
            };
        }
    }
}
