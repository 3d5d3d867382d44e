package dev.carafe.runtime;

import dev.carafe.base.Conflict;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.base.Undo;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FdPassing;
import dev.carafe.linux.Processes;
import dev.carafe.linux.cgroup.Cgroup;
import dev.carafe.oci.runtime.Hooks;
import dev.carafe.oci.runtime.Process;
import dev.carafe.oci.runtime.Spec;
import dev.carafe.oci.runtime.SpecJson;
import dev.carafe.oci.runtime.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The verbs of the OCI command line that change something.
final class OciVerbs {
    private final Services services;
    private final OciStore store;
    private final BareContainers containers;

    OciVerbs(Services services, OciStore store, BareContainers containers) {
        this.services = services;
        this.store = store;
        this.containers = containers;
    }

    /// @return pid of the first process
    int create(String id, OciArguments arguments) throws IOException {
        Path bundle = Path.of(arguments.value("-bundle").orElse(".")).toAbsolutePath().normalize();
        Spec spec = SpecJson.spec(Files.readAllBytes(bundle.resolve("config.json")));
        if (spec.root() == null) {
            throw new InvalidArgument("the spec has no root");
        }
        Path rootfs = bundle.resolve(spec.root().path());
        try (Undo undo = new Undo()) {
            Path folder = store.reserve(id);
            undo.push(() -> store.remove(folder));
            BareContainers.Made made =
                    containers.create(
                            new CreateRequest(
                                    id,
                                    spec,
                                    new RootFilesystem.Directory(rootfs),
                                    stdio(spec.process()),
                                    null,
                                    folder));
            undo.push(() -> removeGroup(made.group()));
            hand(made.terminal(), arguments);
            State state =
                    new State(
                            spec.ociVersion(),
                            id,
                            State.CREATED,
                            made.pid(),
                            bundle.toString(),
                            rootfs.toString(),
                            Instant.now().toString(),
                            spec.annotations());
            store.write(folder, spec, state, made.group());
            Hooks hooks = spec.hooks();
            if (hooks != null) {
                OciHooks.run("prestart", hooks.prestart(), state);
                OciHooks.run("createRuntime", hooks.createRuntime(), state);
            }
            writePid(arguments, made.pid());
            undo.keep();
            return made.pid();
        }
    }

    void start(String id) throws IOException {
        OciStore.Found found = store.find(id);
        if (!found.state().status().equals(State.CREATED)) {
            throw new Conflict(
                    new Subject("container", id),
                    "cannot start a container in the " + found.state().status() + " state");
        }
        containers.start(found.folder());
        Hooks hooks = store.spec(found).hooks();
        if (hooks != null) {
            OciHooks.run("poststart", hooks.poststart(), store.find(id).state());
        }
    }

    int run(String id, OciArguments arguments) throws IOException {
        int pid = create(id, arguments);
        try {
            start(id);
        } catch (StartFailed e) {
            delete(id, true);
            throw e;
        }
        if (arguments.flag("-detach")) {
            return 0;
        }
        int code = Processes.waitPid(pid).exitCode();
        if (!arguments.flag("-keep")) {
            delete(id, true);
        }
        return code;
    }

    int exec(String id, OciArguments arguments) throws IOException {
        OciStore.Found found = store.find(id);
        State state = found.state();
        if (!state.status().equals(State.RUNNING) && !state.status().equals(State.CREATED)) {
            throw new Conflict(
                    new Subject("container", id),
                    "cannot exec in a " + state.status() + " container");
        }
        Spec spec = store.spec(found);
        Process process = OciProcess.of(spec, arguments);
        Cgroup cgroup = group(found);
        Fd[] master = new Fd[1];
        int pid;
        try (Fd init = Processes.pidfdOpen(state.pid())) {
            pid = containers.exec(id, spec, process, init, cgroup, master);
        }
        hand(master[0], arguments);
        writePid(arguments, pid);
        return arguments.flag("-detach") ? 0 : Processes.waitPid(pid).exitCode();
    }

    void kill(String id, OciArguments arguments) throws IOException {
        OciStore.Found found = store.find(id);
        int signal =
                OciProcess.signal(
                        arguments.operands().size() > 1 ? arguments.operands().get(1) : "SIGTERM");
        if (arguments.flag("-all")) {
            group(found).pids().forEach(pid -> Processes.kill(pid, signal));
            return;
        }
        Optional<Fd> init =
                found.state().pid() == 0
                        ? Optional.empty()
                        : Processes.tryPidfdOpen(found.state().pid());
        try (Fd pidfd = init.orElseThrow(() -> new Conflict("container not running"))) {
            Processes.pidfdSendSignal(pidfd, signal);
        }
    }

    void freeze(String id, boolean frozen) throws IOException {
        Cgroup cgroup = group(store.find(id));
        if (frozen) {
            cgroup.freeze();
        } else {
            cgroup.thaw();
        }
    }

    void delete(String id, boolean force) throws IOException {
        OciStore.Found found;
        try {
            found = store.find(id);
        } catch (NotFound e) {
            if (force) {
                return;
            }
            throw e;
        }
        String status = found.state().status();
        if (!force && !status.equals(State.STOPPED) && !status.equals(State.CREATED)) {
            throw new Conflict("cannot delete container " + id + " that is not stopped: " + status);
        }
        removeGroup(found.group());
        Hooks hooks = store.spec(found).hooks();
        store.remove(found.folder());
        if (hooks != null) {
            OciHooks.run("poststop", hooks.poststop(), found.state());
        }
    }

    private void removeGroup(String path) {
        services.cgroups()
                .find(path)
                .ifPresent(group -> {
                    group.kill();
                    group.delete();
                });
    }

    private Cgroup group(OciStore.Found found) {
        return services.cgroups()
                .find(found.group())
                .orElseThrow(() -> new Conflict("container not running"));
    }

    private static StdioRequest stdio(@Nullable Process process) {
        if (process == null || !process.terminal()) {
            return StdioRequest.pipes(false);
        }
        Process.ConsoleSize size = process.consoleSize();
        return size == null
                ? StdioRequest.terminal(0, 0)
                : StdioRequest.terminal(size.height(), size.width());
    }

    /// Sends a terminal to who asked for it.
    private static void hand(@Nullable Fd terminal, OciArguments arguments) {
        if (terminal == null) {
            return;
        }
        try (terminal) {
            FdPassing.send(
                    arguments
                            .value("-console-socket")
                            .orElseThrow(
                                    () -> new InvalidArgument("a terminal needs --console-socket")),
                    terminal,
                    "/dev/ptmx");
        }
    }

    /// Whole or not at all: others wait for the file.
    private static void writePid(OciArguments arguments, int pid) throws IOException {
        Optional<String> file = arguments.value("-pid-file");
        if (file.isPresent()) {
            Path temp = Path.of(file.get() + ".tmp");
            Files.writeString(temp, Integer.toString(pid));
            Files.move(
                    temp,
                    Path.of(file.get()),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
