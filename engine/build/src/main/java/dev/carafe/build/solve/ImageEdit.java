package dev.carafe.build.solve;

import dev.carafe.oci.NameSet;
import dev.carafe.oci.RunConfig;
import dev.carafe.oci.RunConfig.Healthcheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The run configuration of an image while it is being changed by one stage. Not thread-safe.
final class ImageEdit {
    static final String PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final List<String> SHELL = List.of("/bin/sh", "-c");

    private final RunConfig base;
    private final boolean buildKitForm;
    private final Map<String, String> env = new LinkedHashMap<>();
    private final Set<String> ports = new TreeSet<>();
    private final Set<String> volumes = new TreeSet<>();
    private final Map<String, String> labels = new TreeMap<>();
    private final List<String> onBuild = new ArrayList<>();
    private @Nullable String user;
    private @Nullable List<String> entrypoint;
    private @Nullable List<String> cmd;
    private @Nullable String workingDir;
    private @Nullable String stopSignal;
    private @Nullable Healthcheck healthcheck;
    private @Nullable List<String> shell;
    private boolean cmdSet;
    private boolean argsEscaped;

    /// @param buildKitForm see {@link SolveOptions}
    ImageEdit(RunConfig base, boolean buildKitForm) {
        this.base = base;
        this.buildKitForm = buildKitForm;
        base.envOrEmpty().forEach(this::envLine);
        ports.addAll(base.exposedPortsOrEmpty().names());
        volumes.addAll(base.volumesOrEmpty().names());
        labels.putAll(base.labelsOrEmpty());
        onBuild.addAll(base.onBuild() == null ? List.of() : base.onBuild());
        user = base.user();
        entrypoint = base.entrypoint();
        cmd = base.cmd();
        workingDir = base.workingDir();
        stopSignal = base.stopSignal();
        healthcheck = base.healthcheck();
        shell = base.shell();
        argsEscaped = Boolean.TRUE.equals(base.argsEscaped());
    }

    /// The same for a stage, which has a search path.
    static ImageEdit ofStage(RunConfig base, boolean buildKitForm) {
        ImageEdit edit = new ImageEdit(base, buildKitForm);
        if (!edit.env.containsKey("PATH")) {
            edit.envLine(PATH);
        }
        return edit;
    }

    private void envLine(String line) {
        int equals = line.indexOf('=');
        env.put(equals < 0 ? line : line.substring(0, equals), line);
    }

    RunConfig config() {
        return new RunConfig(
                base.hostname(),
                base.domainname(),
                user,
                ports.isEmpty() ? null : NameSet.copyOf(ports),
                env.isEmpty() ? base.env() : List.copyOf(env.values()),
                entrypoint,
                buildKitForm && cmd != null && cmd.isEmpty() ? null : cmd,
                volumes.isEmpty() ? null : NameSet.copyOf(volumes),
                workingDir,
                labels.isEmpty() ? null : new LinkedHashMap<>(labels),
                stopSignal,
                base.stopTimeout(),
                healthcheck,
                onBuild.isEmpty() ? null : List.copyOf(onBuild),
                shell,
                argsEscaped ? Boolean.TRUE : base.argsEscaped());
    }

    /// The triggers of the base image; they are taken away.
    List<String> takeTriggers() {
        List<String> triggers = List.copyOf(onBuild);
        onBuild.clear();
        return triggers;
    }

    @Nullable String env(String name) {
        String line = env.get(name);
        return line == null ? null : line.substring(Math.min(line.length(), name.length() + 1));
    }

    Set<String> envNames() {
        return env.keySet();
    }

    List<String> envLines() {
        return List.copyOf(env.values());
    }

    void setEnv(String name, String value) {
        env.put(name, name + "=" + value);
    }

    List<String> shell() {
        return shell == null || shell.isEmpty() ? SHELL : shell;
    }

    String workingDir() {
        return workingDir == null || workingDir.isEmpty() ? "/" : workingDir;
    }

    @Nullable Healthcheck healthcheck() {
        return healthcheck;
    }

    void label(String name, String value) {
        labels.put(name, value);
    }

    void expose(String port) {
        ports.add(port);
    }

    void volume(String path) {
        volumes.add(path);
    }

    void onBuild(String trigger) {
        onBuild.add(trigger);
    }

    /// As the image has it; empty for root.
    String user() {
        return user == null ? "" : user;
    }

    void user(String name) {
        user = name;
    }

    void workingDir(String path) {
        workingDir = path;
    }

    void stopSignal(String signal) {
        stopSignal = signal;
    }

    void healthcheck(Healthcheck check) {
        healthcheck = check;
    }

    void shell(List<String> words) {
        shell = words;
    }

    void cmd(@Nullable List<String> words) {
        cmd = words;
        // by every CMD of BuildKit's, though it is about Windows only
        argsEscaped = argsEscaped || buildKitForm;
        cmdSet = cmdSet || words != null && !words.isEmpty();
    }

    /// An entrypoint clears an inherited command, not one of this stage.
    void entrypoint(@Nullable List<String> words) {
        entrypoint = words;
        if (!cmdSet) {
            cmd = null;
        }
    }
}
