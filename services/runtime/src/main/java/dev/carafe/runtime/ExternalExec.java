package dev.carafe.runtime;

import dev.carafe.base.Internal;
import dev.carafe.base.Undo;
import dev.carafe.linux.Processes;
import dev.carafe.oci.runtime.SpecJson;
import dev.carafe.runtime.steps.ExternalShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Starts one more process in a container of another runtime, by that runtime: it alone knows where
/// its containers really are (a sandbox's namespaces are not the container's).
final class ExternalExec implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String PROCESS = "process.json";

    private final ExecRequest request;
    private final ExternalCommands runtime;
    private final ExternalLaunch launch;

    ExternalExec(Services services, ExecRequest request, ExternalContainer container) {
        this.request = request;
        this.runtime =
                new ExternalCommands(container.runtime(), request.containerId(), request.runDir());
        this.launch =
                new ExternalLaunch(
                        services, "exec " + request.execId(), request.stdio(), request.runDir());
    }

    RunningExec create() {
        try (Undo undo = new Undo()) {
            undo.push(() -> RunFile.clear(request.runDir()));
            Path folder = folder();
            ExternalLaunch.Made made =
                    launch.make(new Line(), owner(), ExternalShape.Mounts.NONE, folder, undo);
            Monitor monitor = made.monitor();
            Monitor.await(monitor.started(), DEADLINE, "starting exec " + request.execId());
            MonitorState state = state(monitor.pid(), made.pid());
            state.write(request.runDir());
            undo.keep();
            return new RunningExec(request.execId(), monitor, state);
        } catch (Refused e) {
            throw runtime.failure("exec", e);
        }
    }

    @Override
    public void close() {
        launch.close();
    }

    private final class Line implements ExternalLaunch.Commands {
        @Override
        public List<String> make(List<String> options) {
            List<String> verb = new ArrayList<>(List.of("exec", "--detach"));
            verb.addAll(List.of("--process", PROCESS));
            verb.addAll(options);
            verb.add(request.containerId());
            return runtime.line(verb);
        }

        @Override
        public @Nullable List<String> start() {
            return null;
        }
    }

    private Path folder() {
        try {
            Path folder = Files.createDirectories(request.runDir().resolve(ExternalBundle.FOLDER));
            Files.write(
                    folder.resolve(PROCESS),
                    SpecJson.print(ExternalBundle.process(request.process(), request.stdio())));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int owner() {
        return ExecCreation.hostId(request.container().initPid(), request.process().user().uid());
    }

    private MonitorState state(int monitorPid, int pid) {
        long ticks =
                Processes.startTicks(monitorPid)
                        .orElseThrow(() ->
                                new Internal(
                                        "the monitor of exec "
                                                + request.execId()
                                                + " ended early"));
        StdioRequest stdio = request.stdio();
        return new MonitorState(
                monitorPid, ticks, pid, stdio.terminal(), stdio.openStdin(), "", 0, "");
    }
}
