package dev.carafe.images;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.base.json.JsonText;
import dev.carafe.oci.NameSet;
import dev.carafe.oci.RunConfig;
import dev.carafe.oci.RunConfig.Healthcheck;
import io.avaje.json.JsonException;
import io.avaje.jsonb.Jsonb;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Changes a configuration by Dockerfile instructions, as `docker import --change` and `docker
/// commit --change` do: CMD, ENTRYPOINT, ENV, EXPOSE, HEALTHCHECK, LABEL, ONBUILD, STOPSIGNAL,
/// USER, VOLUME, WORKDIR.
public final class ConfigChanges {
    private static final Set<String> COMMANDS =
            Set.of(
                    "CMD",
                    "ENTRYPOINT",
                    "ENV",
                    "EXPOSE",
                    "HEALTHCHECK",
                    "LABEL",
                    "ONBUILD",
                    "STOPSIGNAL",
                    "USER",
                    "VOLUME",
                    "WORKDIR");

    private static final Jsonb JSONB = Jsonb.builder().adapter(JsonText.stream()).build();
    private static final List<String> SHELL = List.of("/bin/sh", "-c");
    private @Nullable String user;
    private final Set<String> ports = new LinkedHashSet<>();
    private final Map<String, String> env = new LinkedHashMap<>();
    private @Nullable List<String> entrypoint;
    private @Nullable List<String> cmd;
    private boolean cmdGiven;
    private final Set<String> volumes = new LinkedHashSet<>();
    private @Nullable String workingDir;
    private final Map<String, String> labels = new LinkedHashMap<>();
    private @Nullable String stopSignal;
    private @Nullable Healthcheck healthcheck;
    private final List<String> onBuild = new ArrayList<>();
    private final RunConfig base;

    private ConfigChanges(RunConfig base) {
        this.base = base;
        user = base.user();
        ports.addAll(base.exposedPortsOrEmpty().names());
        for (String line : base.envOrEmpty()) {
            int equals = line.indexOf('=');
            env.put(equals < 0 ? line : line.substring(0, equals), line);
        }
        entrypoint = base.entrypoint();
        cmd = base.cmd();
        volumes.addAll(base.volumesOrEmpty().names());
        workingDir = base.workingDir();
        labels.putAll(base.labelsOrEmpty());
        stopSignal = base.stopSignal();
        healthcheck = base.healthcheck();
        onBuild.addAll(base.onBuild() == null ? List.of() : base.onBuild());
    }

    /// @param changes one instruction each
    /// @throws InvalidArgument for an instruction that is unknown, not allowed here, or wrong
    public static RunConfig apply(RunConfig base, List<String> changes) {
        ConfigChanges all = new ConfigChanges(base);
        for (String change : changes) {
            for (String line : change.split("\n")) {
                if (!line.isBlank()) {
                    all.instruction(line.strip());
                }
            }
        }
        return all.result();
    }

    private RunConfig result() {
        return new RunConfig(
                base.hostname(),
                base.domainname(),
                user,
                ports.isEmpty() ? base.exposedPorts() : NameSet.copyOf(ports),
                env.isEmpty() ? base.env() : List.copyOf(env.values()),
                entrypoint,
                cmd,
                volumes.isEmpty() ? base.volumes() : NameSet.copyOf(volumes),
                workingDir,
                labels.isEmpty() ? base.labels() : labels,
                stopSignal,
                base.stopTimeout(),
                healthcheck,
                onBuild.isEmpty() ? base.onBuild() : onBuild,
                base.shell(),
                base.argsEscaped());
    }

    private void instruction(String line) {
        String[] parts = line.split("\\s+", 2);
        String name = parts[0].toUpperCase(Locale.ROOT);
        String rest = parts.length < 2 ? "" : parts[1].strip();
        if (!COMMANDS.contains(name)) {
            throw new InvalidArgument(name + " is not a valid change command");
        }
        if (rest.isEmpty() && !name.equals("CMD") && !name.equals("ENTRYPOINT")) {
            throw new InvalidArgument(name + " requires at least one argument");
        }
        switch (name) {
            case "CMD" -> {
                cmd = command(rest);
                cmdGiven = true;
            }
            case "ENTRYPOINT" -> entrypoint(rest);
            case "ENV" ->
                    pairs(name, rest).forEach((key, value) -> env.put(key, key + "=" + value));
            case "HEALTHCHECK" -> healthcheck = HealthcheckLine.parse(rest, this::command);
            case "LABEL" -> labels.putAll(pairs(name, rest));
            case "EXPOSE" -> DockerWords.split(rest).forEach(this::expose);
            case "ONBUILD" -> onBuild.add(rest);
            case "STOPSIGNAL" -> stopSignal = rest;
            case "USER" -> user = rest;
            case "VOLUME" ->
                    volumes.addAll(rest.startsWith("[") ? array(rest) : DockerWords.split(rest));
            case "WORKDIR" -> workdir(rest);
            default -> throw new IllegalStateException(name);
        }
    }

    /// A command that was there before belongs to another entrypoint.
    private void entrypoint(String rest) {
        entrypoint = command(rest);
        cmd = cmdGiven ? cmd : null;
    }

    /// JSON array or shell form.
    private List<String> command(String rest) {
        if (rest.isEmpty()) {
            return List.of();
        }
        if (rest.startsWith("[")) {
            try {
                return array(rest);
            } catch (InvalidArgument e) {
                // docker takes an array that does not parse for the shell form
                return shell(rest);
            }
        }
        return shell(rest);
    }

    private List<String> shell(String line) {
        List<String> command = new ArrayList<>(base.shell() == null ? SHELL : base.shell());
        command.add(line);
        return command;
    }

    private static List<String> array(String json) {
        try {
            List<String> words = JSONB.type(String.class).list().fromJson(json);
            if (words != null && !words.contains(null)) {
                return words;
            }
        } catch (JsonException | IllegalStateException e) {
            throw new InvalidArgument(Subject.NONE, "invalid array: " + json, e);
        }
        throw new InvalidArgument("invalid array: " + json);
    }

    /// `a=b c="d e"`, or the old `a rest of the line`.
    private static Map<String, String> pairs(String name, String rest) {
        Map<String, String> pairs = new LinkedHashMap<>();
        String[] old = rest.split("\\s+", 2);
        if (old[0].indexOf('=') < 0) {
            if (old.length < 2) {
                throw new InvalidArgument(name + " must have two arguments");
            }
            pairs.put(old[0], old[1]);
            return pairs;
        }
        for (String word : DockerWords.split(rest)) {
            int equals = word.indexOf('=');
            if (equals <= 0) {
                throw new InvalidArgument(
                        "Syntax error - can't find = in \""
                                + word
                                + "\". Must be of the form: name=value");
            }
            pairs.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return pairs;
    }

    private void expose(String port) {
        String[] parts = port.split("/", 2);
        String protocol = parts.length < 2 ? "tcp" : parts[1].toLowerCase(Locale.ROOT);
        String[] range = parts[0].split("-", 2);
        int from = portNumber(range[0], port);
        int to = portNumber(range[range.length - 1], port);
        if (!List.of("tcp", "udp", "sctp").contains(protocol) || to < from) {
            throw new InvalidArgument("invalid containerPort: " + port);
        }
        for (int number = from; number <= to; number++) {
            ports.add(number + "/" + protocol);
        }
    }

    private static int portNumber(String digits, String port) {
        if (!digits.matches("\\d{1,5}") || Integer.parseInt(digits) > 65535) {
            throw new InvalidArgument("invalid containerPort: " + port);
        }
        return Integer.parseInt(digits);
    }

    private void workdir(String path) {
        String before = workingDir == null || workingDir.isEmpty() ? "/" : workingDir;
        String whole = path.startsWith("/") ? path : before + "/" + path;
        workingDir = Path.of(whole).normalize().toString();
    }
}
