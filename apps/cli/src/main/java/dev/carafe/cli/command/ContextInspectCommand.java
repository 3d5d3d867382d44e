package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.Json;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Context;
import dev.carafe.cli.session.ContextStore;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.template.Escapes;
import dev.carafe.cli.template.Template;
import dev.carafe.cli.template.TemplateFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// `context inspect`.
final class ContextInspectCommand extends Command {
    private static final String IN_MEMORY = "<IN MEMORY>";

    ContextInspectCommand() {
        super("inspect", "[OPTIONS] [CONTEXT...]", "Show all about contexts", 0, ANY);
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.string(
                    'f', "format", "'json', or a Go template such as '{{.Endpoints.docker.Host}}'"),
        };
    }

    @Override
    Completion completes(int position) {
        return Completion.CONTEXTS;
    }

    @Override
    int run(Session session, Parsed flags) {
        List<String> names =
                flags.arguments().isEmpty() ? List.of(session.contextName()) : flags.arguments();
        List<@Nullable Object> found = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        for (String name : names) {
            try {
                found.add(shown(session.contexts(), name));
            } catch (Failure e) {
                errors.add(e.text());
            }
        }
        print(session, flags.text("format"), found);
        session.out().flush();
        errors.forEach(session.err()::line);
        return errors.isEmpty() ? 0 : 1;
    }

    private static void print(Session session, String format, List<@Nullable Object> found) {
        if (format.isEmpty() || format.equals("json")) {
            session.out()
                    .line(
                            Escapes.json(
                                    format.isEmpty()
                                            ? Json.write(found, "    ")
                                            : Json.write(found)));
            return;
        }
        try {
            Template template = Template.parse(format);
            for (Object each : found) {
                session.out().line(template.execute(each));
            }
        } catch (TemplateFailure e) {
            throw new Failure(64, "template parsing error: " + e.getMessage());
        }
    }

    private static JsonObject shown(ContextStore store, String name) {
        boolean standard = name.equals(Context.DEFAULT);
        Context context = standard ? Context.standard("") : store.get(name);
        JsonObject tls = new JsonObject();
        if (!context.tls().isEmpty()) {
            tls.with("docker", List.copyOf(new TreeSet<>(context.tls().keySet())));
        }
        return ContextStore.meta(context)
                .with("TLSMaterial", tls)
                .with(
                        "Storage",
                        new JsonObject()
                                .with(
                                        "MetadataPath",
                                        standard ? IN_MEMORY : store.metaFolder(name).toString())
                                .with(
                                        "TLSPath",
                                        standard ? IN_MEMORY : store.tlsFolder(name).toString()));
    }
}
