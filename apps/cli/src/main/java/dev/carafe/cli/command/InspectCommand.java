package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.Json;
import dev.carafe.cli.session.ApiFailure;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.template.Template;
import dev.carafe.cli.template.TemplateFailure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `inspect` and the inspect commands of the groups.
final class InspectCommand extends Command {
    /// Exit code for a template that can't be parsed, as Docker's command line has it.
    private static final int BAD_TEMPLATE = 64;

    enum Kind {
        ANY(
                "NAME|ID [NAME|ID...]",
                "Show everything about objects of any kind",
                Completion.OBJECTS,
                "object"),
        CONTAINER(
                "CONTAINER [CONTAINER...]",
                "Show everything about containers",
                Completion.CONTAINERS,
                "container"),
        IMAGE("IMAGE [IMAGE...]", "Show everything about images", Completion.IMAGES, "image"),
        NETWORK(
                "NETWORK [NETWORK...]",
                "Show everything about networks",
                Completion.NETWORKS,
                "network"),
        VOLUME("VOLUME [VOLUME...]", "Show everything about volumes", Completion.VOLUMES, "volume");

        private final String usage;
        private final String summary;
        private final Completion completion;
        private final String noun;

        Kind(String usage, String summary, Completion completion, String noun) {
            this.usage = usage;
            this.summary = summary;
            this.completion = completion;
            this.noun = noun;
        }
    }

    private final Kind kind;

    InspectCommand(Kind kind) {
        super("inspect", "[OPTIONS] " + kind.usage, kind.summary, 1, ANY);
        this.kind = kind;
    }

    @Override
    Flag[] flags() {
        List<Flag> flags = new ArrayList<>();
        flags.add(
                Flag.string('f', "format", "'json', or a Go template such as '{{.State.Status}}'"));
        if (kind == Kind.ANY || kind == Kind.CONTAINER) {
            flags.add(Flag.bool('s', "size", "Show how much disk containers use"));
        }
        if (kind == Kind.ANY) {
            flags.add(Flag.string("type", "Look only among objects of this type"));
        }
        if (kind == Kind.IMAGE) {
            flags.add(
                    Flag.string(
                            "platform",
                            "Platform of the image (os[/arch[/variant]]) where it has several"));
        }
        if (kind == Kind.NETWORK) {
            flags.add(Flag.bool('v', "verbose", "Show more, for diagnosis"));
        }
        return flags.toArray(NO_FLAGS);
    }

    @Override
    Completion completes(int position) {
        return kind.completion;
    }

    @Override
    String[] examples() {
        return kind == Kind.IMAGE || kind == Kind.NETWORK || kind == Kind.VOLUME
                ? new String[0]
                : new String[] {
                    "inspect -f '{{.State.Status}}' web", "One value",
                    "inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' web",
                            "The addresses",
                };
    }

    @Override
    int run(Session session, Parsed flags) {
        List<String> types = types(flags.text("type"));
        String format = flags.text("format");
        Template template = format.isEmpty() || format.equals("json") ? null : parse(format);
        List<@Nullable Object> found = new ArrayList<>();
        StringBuilder printed = new StringBuilder();
        List<String> errors = new ArrayList<>();
        for (String name : flags.arguments()) {
            try {
                Found one = find(session, flags, types, name);
                found.add(one.object());
                if (template != null) {
                    printed.append(execute(template, one)).append('\n');
                }
            } catch (Failure e) {
                errors.add(e.text());
            }
        }
        if (template != null) {
            session.out().print(printed.isEmpty() ? "\n" : printed.toString());
        } else {
            session.out()
                    .line(format.equals("json") ? Json.write(found) : Json.write(found, "    "));
        }
        session.out().flush();
        for (String error : errors) {
            session.err().line(error);
        }
        return errors.isEmpty() ? 0 : 1;
    }

    private List<String> types(String type) {
        if (kind != Kind.ANY) {
            return List.of(kind.noun);
        }
        return switch (type) {
            case "" -> List.of("container", "image", "network", "volume");
            case "container", "image", "network", "volume" -> List.of(type);
            case "service", "task", "node", "plugin", "secret", "config" -> List.of(type);
            default ->
                    throw new Failure(
                            "unknown type: \""
                                    + type
                                    + "\": must be one of \"config\", \"container\", \"image\", \"network\", \"node\", \"plugin\", \"secret\","
                                    + " \"service\", \"task\", \"volume\"");
        };
    }

    private Found find(Session session, Parsed flags, List<String> types, String name) {
        for (String type : types) {
            try {
                Object object = session.api().get(target(type, name, flags).toString());
                if (flags.bool("size") && !type.equals("container")) {
                    session.err().line("WARNING: --size ignored for " + type);
                }
                return new Found(type, object);
            } catch (ApiFailure e) {
                // An unknown name and a name that can't be one of this type are the same here
                boolean other = e.status() == 404 || (e.status() == 400 && types.size() > 1);
                if (!other || kind != Kind.ANY || types.size() == 1) {
                    throw e;
                }
            }
        }
        throw new Failure("Error: No such object: " + name);
    }

    private static Query target(String type, String name, Parsed flags) {
        String segment = Query.segment(name);
        return switch (type) {
            case "container" ->
                    Query.of("/containers/" + segment + "/json").withIf(flags.bool("size"), "size");
            case "image" ->
                    Query.of("/images/" + segment + "/json")
                            .withIfAny("platform", flags.text("platform"));
            case "network" ->
                    Query.of("/networks/" + segment).withIf(flags.bool("verbose"), "verbose");
            case "plugin" -> Query.of("/plugins/" + segment + "/json");
            default -> Query.of("/" + type + "s/" + segment);
        };
    }

    private static Template parse(String format) {
        try {
            return Template.parse(format);
        } catch (TemplateFailure e) {
            throw new Failure(BAD_TEMPLATE, "template parsing error: " + e.getMessage());
        }
    }

    /// First as Docker's typed structures would give it, then on the plain JSON where a missing key
    /// is an error.
    private static String execute(Template template, Found found) {
        try {
            return template.execute(TypedJson.of(found.type(), found.object()));
        } catch (TemplateFailure typed) {
            try {
                return template.executeStrictly(found.object());
            } catch (TemplateFailure raw) {
                throw new Failure("template parsing error: " + raw.getMessage());
            }
        }
    }

    private record Found(String type, Object object) {}
}
