package dev.carafe.engine.exec;

import dev.carafe.base.CarafeException;
import dev.carafe.base.Conflict;
import dev.carafe.base.Ids;
import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.base.Undo;
import dev.carafe.engine.config.ConsoleSize;
import dev.carafe.engine.config.ExecConfig;
import dev.carafe.engine.container.Container;
import dev.carafe.engine.container.ContainerEvents;
import dev.carafe.engine.container.ContainerRecord;
import dev.carafe.engine.container.Exits;
import dev.carafe.engine.container.FileTrees;
import dev.carafe.engine.container.Links;
import dev.carafe.engine.container.Rooms;
import dev.carafe.engine.container.Roots;
import dev.carafe.engine.logs.LogWriter;
import dev.carafe.engine.spec.SpecInput;
import dev.carafe.engine.spec.Users;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.engine.view.ExecView;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.oci.runtime.Process;
import dev.carafe.runtime.ContainerHandle;
import dev.carafe.runtime.ExecHandle;
import dev.carafe.runtime.ExecRequest;
import dev.carafe.runtime.Exit;
import dev.carafe.runtime.StartFailed;
import dev.carafe.runtime.StdioRequest;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// All execs of an engine. One that ended can be inspected for a while.
public final class Execs {
    private static final System.Logger LOG = System.getLogger(Execs.class.getName());
    private static final int SIGKILL = 9;
    private static final Duration KEPT = Duration.ofMinutes(10);
    private final Rooms rooms;
    private final ContainerEvents events;
    private final Map<String, ExecInstance> byId = new ConcurrentHashMap<>();

    public Execs(Rooms rooms, ContainerEvents events) {
        this.rooms = rooms;
        this.events = events;
    }

    /// @throws Conflict the container does not run or is paused
    /// @throws InvalidArgument no command, or a user or group that the container does not know
    public ExecInstance prepare(Container container, ExecConfig config) {
        return prepare(container, container.id(), config);
    }

    /// @param ref how the client names the container, for messages
    public ExecInstance prepare(Container container, String ref, ExecConfig config) {
        if (config.command().isEmpty()) {
            throw new InvalidArgument(container.subject(), "No exec command specified");
        }
        checkRunning(container, ref);
        if (!config.user().isEmpty()) {
            user(container, config, container.running().initPid());
        }
        forgetOld();
        ExecInstance exec =
                new ExecInstance(
                        Ids.random(),
                        container,
                        container.running(),
                        config,
                        rooms.streams().hub(config.tty(), LogWriter.none()));
        byId.put(exec.id(), exec);
        publish(exec, "exec_create");
        return exec;
    }

    /// @throws NotFound `No such exec instance: x`
    public ExecInstance get(String id) {
        ExecInstance exec = byId.get(id);
        if (exec == null || isOfAnEarlierRun(exec)) {
            byId.remove(id);
            throw new NotFound(new Subject("exec", id), "No such exec instance: " + id);
        }
        return exec;
    }

    /// Never started before its container ended, or the container is gone.
    private boolean isOfAnEarlierRun(ExecInstance exec) {
        Container container = exec.container();
        return exec.isUntouched() && container.handle() != exec.run()
                || rooms.containers().find(container.id()).isEmpty();
    }

    /// @throws NotFound `No such exec instance: x`
    /// @throws Conflict its container does not run, or not now
    public ExecView startable(String id) {
        ExecInstance exec = get(id);
        checkRunning(exec.container());
        return exec.view();
    }

    /// Those of a container that have not ended.
    public List<String> of(Container container) {
        return byId.values().stream()
                .filter(e -> e.container() == container && e.endedAt() == null)
                .filter(e -> container.state().isRunning())
                .map(ExecInstance::id)
                .toList();
    }

    /// @throws InvalidArgument the program can't be executed, with Docker's words
    public void start(ExecInstance exec, @Nullable ConsoleSize size) {
        checkRunning(exec.container());
        exec.beginStart();
        publish(exec, "exec_start");
        try {
            run(exec, size);
        } catch (StartFailed e) {
            String reason =
                    e.isExternal()
                            ? String.valueOf(e.getMessage())
                            : "OCI runtime exec failed: exec failed: unable to start container process: "
                                    + e.getMessage();
            exec.ended(exitCode(reason));
            throw new InvalidArgument(new Subject("exec", exec.id()), reason, e);
        } catch (CarafeException | ErrnoException e) {
            exec.ended(126);
            throw e instanceof CarafeException c
                    ? c
                    : new Internal(
                            new Subject("exec", exec.id()), "exec failed: " + e.getMessage(), e);
        }
    }

    /// @throws NotFound `No such exec instance: x`
    public ExecView view(String id) {
        return get(id).view();
    }

    /// Waits for the start, which clients ask for at the same time on another connection.
    ///
    /// @throws Conflict its container does not run, or not now
    /// @throws InvalidArgument it has ended
    /// @throws Internal it was not started
    public void resize(String id, int rows, int columns) {
        ExecInstance exec = get(id);
        checkRunning(exec.container());
        try {
            if (!exec.awaitStart()) {
                throw new Internal(
                        new Subject("exec", id), "timeout waiting for exec session ready");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Internal(new Subject("exec", id), "interrupted", e);
        }
        ExecHandle handle = exec.handle();
        if (handle == null) {
            throw new InvalidArgument(new Subject("exec", id), "exec process is not running");
        }
        handle.resize(rows, columns);
    }

    /// Kills its process, if it runs.
    public void kill(ExecInstance exec) {
        ExecHandle handle = exec.handle();
        if (handle != null) {
            try {
                handle.kill(SIGKILL);
            } catch (Conflict e) {
                // It has ended this moment.
            }
        }
    }

    /// Nobody will ask for it again.
    public void forget(ExecInstance exec) {
        byId.remove(exec.id());
    }

    /// The code that goes with the words of a failed start.
    public static int exitCode(String reason) {
        String text = reason.toLowerCase(Locale.ROOT);
        return text.contains("executable file not found")
                        || text.contains("no such file or directory")
                ? 127
                : 126;
    }

    private void run(ExecInstance exec, @Nullable ConsoleSize size) {
        Container container = exec.container();
        ContainerHandle handle = container.running();
        Path runDir = rooms.files().execRunDir(container.id(), exec.id());
        try (Undo undo = new Undo()) {
            Files.createDirectories(runDir);
            undo.push(() -> FileTrees.delete(runDir));
            ExecConfig config = exec.config();
            StdioRequest stdio =
                    config.tty()
                            ? StdioRequest.terminal(
                                    size == null ? 0 : size.rows(),
                                    size == null ? 0 : size.columns())
                            : StdioRequest.pipes(config.attachStdin());
            ExecHandle started =
                    rooms.runtime()
                            .exec(
                                    new ExecRequest(
                                            container.id(),
                                            exec.id(),
                                            handle,
                                            process(container, config, handle.initPid()),
                                            stdio,
                                            runDir));
            undo.keep();
            exec.streams().connect(started.stdio(), started::closeStdin, false);
            exec.started(started);
            started.exited()
                    .whenComplete((exit, failure) -> {
                        if (Exits.isOver(exit, failure)) {
                            ended(exec, started, exit, runDir);
                        }
                    });
        } catch (IOException e) {
            throw new Internal(
                    new Subject("exec", exec.id()),
                    "make the run folder of exec " + exec.id() + ": " + e.getMessage(),
                    e);
        }
    }

    private Process process(Container container, ExecConfig config, int pid) {
        ContainerRecord record = container.record();
        Users.Resolved resolved = user(container, config, pid);
        SpecInput input =
                new SpecInput(
                        record.id(),
                        record.config().withEnvBefore(new Links(rooms).variables(record)),
                        record.host(),
                        record.hostname(),
                        resolved,
                        List.of(),
                        new SpecInput.Sharing(null, null, null, null, false),
                        null);
        return rooms.specs().exec(input, config, resolved);
    }

    /// By the files that the container has now.
    ///
    /// @throws InvalidArgument they do not know the user or the group
    private static Users.Resolved user(Container container, ExecConfig config, int pid) {
        ContainerRecord record = container.record();
        String user = config.user().isEmpty() ? record.config().user() : config.user();
        try (Fd root =
                FileSystem.open(
                        "/proc/" + pid + "/root", FileSystem.O_RDONLY | FileSystem.O_DIRECTORY)) {
            return Roots.users(root).resolve(user, record.host().security().groupAdd());
        }
    }

    private void ended(ExecInstance exec, ExecHandle handle, @Nullable Exit exit, Path runDir) {
        // First the code, then the end of the stream: clients ask for it as soon as the stream
        // ends.
        exec.ended(exit == null ? 137 : exit.code());
        try {
            exec.streams().finish().join();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the last output of exec " + exec.id() + " is lost", e);
        }
        exec.streams().endSessions();
        handle.release();
        handle.close();
        exec.streams().close();
        try {
            FileTrees.delete(runDir);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "could not remove " + runDir, e);
        }
        events.publish(
                exec.container().record(),
                "exec_die",
                Map.of(
                        "execID",
                        exec.id(),
                        "exitCode",
                        String.valueOf(exit == null ? 137 : exit.code())));
    }

    /// Docker puts a space between the program and its arguments, also when there are none. Its
    /// client left by the detach keys.
    public void detached(ExecInstance exec) {
        events.publish(exec.container().record(), "exec_detach", Map.of("execID", exec.id()));
    }

    private void publish(ExecInstance exec, String action) {
        List<String> words = exec.config().command();
        events.publish(
                exec.container().record(),
                action
                        + ": "
                        + words.getFirst()
                        + " "
                        + String.join(" ", words.subList(1, words.size())),
                Map.of("execID", exec.id()));
    }

    private static void checkRunning(Container container) {
        checkRunning(container, container.id());
    }

    private static void checkRunning(Container container, String ref) {
        if (container.state() instanceof ContainerState.Paused) {
            throw new Conflict(
                    container.subject(),
                    "Container " + ref + " is paused, unpause the container before exec");
        }
        if (container.state() instanceof ContainerState.Restarting) {
            throw new Conflict(
                    container.subject(),
                    "Container "
                            + container.id()
                            + " is restarting, wait until the container is running");
        }
        container.running();
    }

    private void forgetOld() {
        Instant oldest = Instant.now().minus(KEPT);
        byId.values()
                .removeIf(e -> {
                    Instant at = e.endedAt();
                    return at != null && at.isBefore(oldest);
                });
    }
}
