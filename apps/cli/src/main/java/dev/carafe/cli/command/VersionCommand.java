package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Api;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.template.GoNil;
import dev.carafe.cli.template.GoStruct;
import dev.carafe.cli.template.Template;
import dev.carafe.cli.template.TemplateFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `version`.
final class VersionCommand extends Command {
    private static final int BAD_TEMPLATE = 64;
    private static final int WIDTH = 19;

    VersionCommand() {
        super("version", "[OPTIONS]", "Show the versions of this client and of the engine", 0, 0);
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.string('f', "format", "'json', or a Go template such as '{{.Server.Version}}'")
        };
    }

    @Override
    int run(Session session, Parsed flags) {
        String format = flags.text("format");
        Template template = null;
        try {
            template =
                    format.isEmpty()
                            ? null
                            : Template.parse(
                                    "version", format.equals("json") ? "{{json .}}" : format);
        } catch (TemplateFailure e) {
            throw new Failure(BAD_TEMPLATE, "template parsing error: " + e.getMessage());
        }
        JsonObject server = null;
        Failure failure = null;
        try {
            server = session.api().getObject("/version");
        } catch (Failure e) {
            failure = e;
        }
        JsonObject client = client(session);
        if (template == null) {
            print(session, client, server);
        } else {
            formatted(session, template, client, server, failure);
        }
        if (failure != null) {
            throw failure;
        }
        return 0;
    }

    static JsonObject client(Session session) {
        return new JsonObject()
                .with("Version", Versions.version())
                .with("ApiVersion", session.api().version())
                .with("DefaultAPIVersion", Api.VERSION)
                .with("GitCommit", Versions.commit())
                .with("GoVersion", "java" + System.getProperty("java.version", ""))
                .with("Os", "linux")
                .with("Arch", Versions.architecture())
                .with("BuildTime", System.getProperty("carafe.built", ""))
                .with("Context", session.contextName());
    }

    private static void formatted(
            Session session,
            Template template,
            JsonObject client,
            @Nullable JsonObject server,
            @Nullable Failure failure) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("Client", new Part("system.clientVersion", client));
        all.put(
                "Server",
                server == null ? new GoNil("*types.Version") : new Part("*types.Version", server));
        try {
            session.out().line(template.execute(new Whole(all)));
        } catch (TemplateFailure e) {
            if (failure == null) {
                throw new Failure(String.valueOf(e.getMessage()));
            }
        }
    }

    private static void print(Session session, JsonObject client, @Nullable JsonObject server) {
        StringBuilder s = new StringBuilder("Client: Carafe\n");
        line(s, " Version", client.text("Version"));
        line(s, " API version", client.text("ApiVersion"));
        line(s, " Java version", client.text("GoVersion").substring(4));
        line(s, " Git commit", client.text("GitCommit"));
        line(s, " Built", client.text("BuildTime"));
        line(s, " OS/Arch", client.text("Os") + "/" + client.text("Arch"));
        line(s, " Context", client.text("Context"));
        if (server != null) {
            server(s, server);
        }
        session.out().print(s.toString());
    }

    private static void server(StringBuilder s, JsonObject server) {
        String platform = server.object("Platform").text("Name");
        s.append("\nServer:").append(platform.isEmpty() ? "" : " " + platform).append('\n');
        List<JsonObject> components = server.objects("Components");
        if (components.isEmpty()) {
            engine(s, server.text("Version"), server);
        }
        for (JsonObject component : components) {
            JsonObject details = component.object("Details");
            s.append(' ').append(component.text("Name")).append(":\n");
            if (component.text("Name").equals("Engine")) {
                engine(s, component.text("Version"), details);
            } else {
                line(s, "  Version", component.text("Version"));
                line(s, "  GitCommit", details.text("GitCommit"));
            }
        }
    }

    private static void engine(StringBuilder s, String version, JsonObject details) {
        line(s, "  Version", version);
        String least = details.text("MinAPIVersion");
        line(
                s,
                "  API version",
                details.text("ApiVersion")
                        + (least.isEmpty() ? "" : " (minimum version " + least + ")"));
        line(s, "  Go version", details.text("GoVersion"));
        line(s, "  Git commit", details.text("GitCommit"));
        line(s, "  Built", details.text("BuildTime"));
        line(s, "  OS/Arch", details.text("Os") + "/" + details.text("Arch"));
        line(s, "  Experimental", details.text("Experimental"));
    }

    private static void line(StringBuilder s, String name, String value) {
        if (!value.isEmpty()) {
            s.append(name)
                    .append(':')
                    .repeat(' ', Math.max(1, WIDTH - name.length()))
                    .append(value)
                    .append('\n');
        }
    }

    private record Whole(Map<String, @Nullable Object> all) implements GoStruct {
        @Override
        public String typeName() {
            return "system.versionInfo";
        }
    }

    /// Client or server. The JSON says `ApiVersion` where templates say `APIVersion`.
    private record Part(String typeName, JsonObject all) implements GoStruct {
        private static String key(String field) {
            return field.equals("APIVersion") ? "ApiVersion" : field;
        }

        @Override
        public boolean has(String field) {
            return all.containsKey(key(field));
        }

        @Override
        public @Nullable Object get(String field, List<@Nullable Object> arguments) {
            return TypedJson.of(all.get(key(field)));
        }
    }
}
