package dev.carafe.cli.command;

import dev.carafe.cli.flags.BadValue;
import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagType;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.session.Stream;
import dev.carafe.cli.template.Template;
import dev.carafe.cli.template.TemplateFailure;
import dev.carafe.cli.text.Instants;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/// `events`.
final class EventsCommand extends Command {
    private static final int BAD_TEMPLATE = 64;

    EventsCommand() {
        super("events", "[OPTIONS]", "Show what happens in the engine, as it happens", 0, 0);
    }

    @Override
    String aliases() {
        return "carafe system events, carafe events";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.of(
                    FlagType.FILTER,
                    'f',
                    "filter",
                    "Show only what matches, such as 'type=container' or 'event=die'"),
            Flag.string("format", "'json', or a Go template such as '{{.Type}} {{.Action}}'"),
            Flag.string(
                    "since", "From this time on (2013-01-02T13:23:37Z, or 42m for 42 minutes ago)"),
            Flag.string("until", "Up to this time; then the command ends"),
        };
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        String format = flags.text("format");
        Template template;
        try {
            template =
                    format.isEmpty()
                            ? null
                            : Template.parse(format.equals("json") ? "{{json .}}" : format);
        } catch (TemplateFailure e) {
            throw new Failure(BAD_TEMPLATE, "Error parsing format: " + e.getMessage());
        }
        long now = System.currentTimeMillis();
        Query query =
                Query.of("/events")
                        .withIfAny("since", time(flags, "since", now))
                        .withIfAny("until", time(flags, "until", now))
                        .withIfAny("filters", Filters.json(flags.all("filter")));
        try (Stream stream = session.api().stream("GET", query.toString(), null)) {
            for (JsonObject event = stream.next(); event != null; event = stream.next()) {
                session.out()
                        .line(template == null ? line(event) : execute(template, event))
                        .flush();
            }
        }
        return 0;
    }

    private static String execute(Template template, JsonObject event) {
        try {
            return template.execute(event);
        } catch (TemplateFailure e) {
            throw new Failure(String.valueOf(e.getMessage()));
        }
    }

    private static String line(JsonObject event) {
        long nanos =
                event.number("timeNano") != 0
                        ? event.number("timeNano")
                        : event.number("time") * 1_000_000_000L;
        StringBuilder line = new StringBuilder();
        if (nanos != 0) {
            line.append(Instants.rfc3339Nano(nanos)).append(' ');
        }
        line.append(event.text("Type")).append(' ').append(event.text("Action")).append(' ');
        line.append(event.object("Actor").text("ID"));
        Map<String, String> attributes = new TreeMap<>(event.object("Actor").strings("Attributes"));
        StringBuilder pairs = new StringBuilder();
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            pairs.append(pairs.isEmpty() ? "" : ", ")
                    .append(attribute.getKey())
                    .append('=')
                    .append(attribute.getValue());
        }
        return attributes.isEmpty() ? line.toString() : line + " (" + pairs + ")";
    }

    private static String time(Parsed flags, String name, long now) {
        try {
            return Instants.stamp(flags.text(name), now);
        } catch (BadValue e) {
            throw new Failure(String.valueOf(e.getMessage()));
        }
    }
}
