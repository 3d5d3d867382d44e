package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.plugin.Description;
import dev.carafe.cli.plugin.Plugins;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.template.Template;
import dev.carafe.cli.template.TemplateFailure;
import dev.carafe.cli.text.Human;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// `info`.
final class InfoCommand extends Command {
    private static final int BAD_TEMPLATE = 64;

    /// The client's part or the whole: only then plugins are asked what they are.
    private static final Pattern ASKS_FOR_CLIENT = Pattern.compile("ClientInfo|[{( |]\\.[}) |]");

    InfoCommand() {
        super("info", "[OPTIONS]", "Show what the engine is and how it is set up", 0, 0);
    }

    @Override
    String aliases() {
        return "carafe system info, carafe info";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.string('f', "format", "'json', or a Go template such as '{{.ServerVersion}}'")
        };
    }

    @Override
    int run(Session session, Parsed flags) {
        String format = flags.text("format");
        if (!format.isEmpty()) {
            return formatted(session, format);
        }
        StringBuilder s = new StringBuilder("Client: Carafe\n");
        s.append(" Version:    ").append(Versions.version()).append('\n');
        s.append(" Context:    ").append(context(session)).append('\n');
        s.append(" Debug Mode: ").append(session.globals().bool("debug")).append('\n');
        List<Description> plugins = new Plugins(session.config()).described();
        plugins(s, plugins);
        s.append("\nServer:\n");
        JsonObject info;
        try {
            info = session.api().getObject("/info");
        } catch (Failure e) {
            session.out().print(s.toString()).flush();
            throw e;
        }
        engine(s, info);
        host(s, info);
        session.out().print(s.toString()).line("").flush();
        for (String warning : info.texts("Warnings")) {
            session.err().line(warning);
        }
        return 0;
    }

    private static void plugins(StringBuilder s, List<Description> plugins) {
        if (plugins.isEmpty()) {
            return;
        }
        s.append(" Plugins:\n");
        for (Description plugin : plugins) {
            s.append("  ")
                    .append(plugin.name())
                    .append(": ")
                    .append(plugin.summary())
                    .append(" (")
                    .append(plugin.vendor())
                    .append(")\n");
            if (!plugin.version().isEmpty()) {
                s.append("    Version:  ").append(plugin.version()).append('\n');
            }
            s.append("    Path:     ").append(plugin.plugin().file()).append('\n');
        }
    }

    private static JsonObject client(Session session) {
        List<JsonObject> plugins = new ArrayList<>();
        for (Description plugin : new Plugins(session.config()).described()) {
            JsonObject each = new JsonObject();
            each.putAll(plugin.content());
            plugins.add(
                    each.with("Name", plugin.name())
                            .with("Path", plugin.plugin().file().getPath()));
        }
        return VersionCommand.client(session)
                .with("Debug", session.globals().bool("debug"))
                .with("Plugins", plugins)
                .with("Warnings", null);
    }

    private static String context(Session session) {
        return session.contextName();
    }

    private static int formatted(Session session, String format) {
        Template template;
        try {
            template = Template.parse(format.equals("json") ? "{{json .}}" : format);
        } catch (TemplateFailure e) {
            throw new Failure(BAD_TEMPLATE, "template parsing error: " + e.getMessage());
        }
        JsonObject info = session.api().getObject("/info");
        if (format.equals("json") || ASKS_FOR_CLIENT.matcher(format).find()) {
            info.put("ClientInfo", client(session));
        }
        try {
            session.out().line(template.execute(TypedJson.of(info)));
            return 0;
        } catch (TemplateFailure e) {
            throw new Failure(String.valueOf(e.getMessage()));
        }
    }

    private static void engine(StringBuilder s, JsonObject info) {
        line(s, "Containers", info.text("Containers"));
        line(s, " Running", info.text("ContainersRunning"));
        line(s, " Paused", info.text("ContainersPaused"));
        line(s, " Stopped", info.text("ContainersStopped"));
        line(s, "Images", info.text("Images"));
        line(s, "Server Version", info.text("ServerVersion"));
        line(s, "Storage Driver", info.text("Driver"));
        for (Object pair : info.list("DriverStatus")) {
            if (pair instanceof List<?> l && l.size() > 1) {
                line(s, " " + l.get(0), String.valueOf(l.get(1)));
            }
        }
        line(s, "Logging Driver", info.text("LoggingDriver"));
        line(s, "Cgroup Driver", info.text("CgroupDriver"));
        line(s, "Cgroup Version", info.text("CgroupVersion"));
        JsonObject plugins = info.object("Plugins");
        s.append(" Plugins:\n");
        line(s, " Volume", String.join(" ", plugins.texts("Volume")));
        line(s, " Network", String.join(" ", plugins.texts("Network")));
        line(s, " Authorization", String.join(" ", plugins.texts("Authorization")));
        line(s, " Log", String.join(" ", plugins.texts("Log")));
        line(s, "Swarm", info.object("Swarm").text("LocalNodeState"));
        line(s, "Runtimes", String.join(" ", info.object("Runtimes").keySet()));
        line(s, "Default Runtime", info.text("DefaultRuntime"));
        line(s, "Init Binary", info.text("InitBinary"));
        line(s, "containerd version", info.object("ContainerdCommit").text("ID"));
        line(s, "runc version", info.object("RuncCommit").text("ID"));
        line(s, "init version", info.object("InitCommit").text("ID"));
        security(s, info.texts("SecurityOptions"));
    }

    private static void security(StringBuilder s, List<String> options) {
        if (options.isEmpty()) {
            return;
        }
        s.append(" Security Options:\n");
        for (String option : options) {
            for (String pair : option.split(",")) {
                int equals = pair.indexOf('=');
                String key = equals < 0 ? "name" : pair.substring(0, equals);
                String value = pair.substring(equals + 1);
                if (key.equals("name")) {
                    s.append("  ").append(value).append('\n');
                } else {
                    s.append("   ")
                            .append(Human.upper(key.substring(0, 1)))
                            .append(key.substring(1))
                            .append(": ")
                            .append(value)
                            .append('\n');
                }
            }
        }
    }

    private static void host(StringBuilder s, JsonObject info) {
        line(s, "Kernel Version", info.text("KernelVersion"));
        line(s, "Operating System", info.text("OperatingSystem"));
        line(s, "OSType", info.text("OSType"));
        line(s, "Architecture", info.text("Architecture"));
        line(s, "CPUs", info.text("NCPU"));
        line(s, "Total Memory", Human.binarySize(info.number("MemTotal")));
        line(s, "Name", info.text("Name"));
        line(s, "ID", info.text("ID"));
        line(s, "Docker Root Dir", info.text("DockerRootDir"));
        line(s, "Debug Mode", info.text("Debug"));
        line(s, "HTTP Proxy", info.text("HttpProxy"));
        line(s, "HTTPS Proxy", info.text("HttpsProxy"));
        line(s, "No Proxy", info.text("NoProxy"));
        if (!info.texts("Labels").isEmpty()) {
            s.append(" Labels:\n");
            for (String label : info.texts("Labels")) {
                s.append("  ").append(label).append('\n');
            }
        }
        line(s, "Experimental", info.text("ExperimentalBuild"));
        List<String> insecure = info.object("RegistryConfig").texts("InsecureRegistryCIDRs");
        if (!insecure.isEmpty()) {
            s.append(" Insecure Registries:\n");
            for (String range : insecure) {
                s.append("  ").append(range).append('\n');
            }
        }
        line(s, "Live Restore Enabled", info.text("LiveRestoreEnabled"));
    }

    private static void line(StringBuilder s, String name, String value) {
        if (!value.isEmpty()) {
            s.append(' ').append(name).append(": ").append(value).append('\n');
        }
    }
}
