package dev.carafe.runtime;

import dev.carafe.base.Internal;
import dev.carafe.base.Undo;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Namespaces;
import dev.carafe.linux.ProcFiles;
import dev.carafe.linux.Processes;
import dev.carafe.linux.Pty;
import dev.carafe.oci.runtime.Linux;
import dev.carafe.oci.runtime.Namespace;
import dev.carafe.oci.runtime.Process;
import dev.carafe.runtime.plan.LaunchPlan;
import dev.carafe.runtime.steps.Descriptors;
import dev.carafe.runtime.steps.ExecPlan;
import dev.carafe.runtime.steps.ExecShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Starts one more process in a container.
final class ExecCreation implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Services services;
    private final ExecRequest request;
    private final RunningContainer container;
    private final Process process;
    private final Preparation preparation = new Preparation();
    private final Descriptors descriptors = preparation.descriptors();

    ExecCreation(Services services, ExecRequest request, RunningContainer container) {
        this.services = services;
        this.request = request;
        this.container = container;
        this.process = request.process();
    }

    RunningExec create() {
        try (Undo undo = new Undo()) {
            undo.push(() -> RunFile.clear(request.runDir()));
            Stdio stdio = stdio();
            undo.push(stdio::close);
            Monitor.Ends ends = preparation.ends(stdio, request.runDir());
            undo.push(ends::close);
            LaunchPlan plan = ExecPlan.of(shape(), descriptors.highest());
            Monitor monitor =
                    preparation.launch(
                            services,
                            "exec " + request.execId(),
                            plan,
                            ends,
                            request.runDir(),
                            pid -> {});
            undo.push(monitor::close);
            undo.push(monitor::awaitGone);
            undo.push(monitor::release);
            preparation.close();
            int pid =
                    Monitor.await(monitor.started(), DEADLINE, "starting exec " + request.execId());
            MonitorState state = state(monitor.pid(), pid);
            state.write(request.runDir());
            RunningExec exec = new RunningExec(request.execId(), monitor, state);
            undo.keep();
            return exec;
        }
    }

    @Override
    public void close() {
        preparation.close();
    }

    /// The CLONE_NEW bits of the namespaces that an exec joins.
    static long bits(Linux linux) {
        long bits = Namespaces.CLONE_NEWNS;
        for (Namespace each : linux.namespaces()) {
            bits |= bit(each.type());
        }
        return bits;
    }

    /// The CLONE_NEW bit of a kind of namespace that can be joined later; time namespaces are not.
    static long bit(String kind) {
        return switch (kind) {
            case Namespace.PID -> Namespaces.CLONE_NEWPID;
            case Namespace.NETWORK -> Namespaces.CLONE_NEWNET;
            case Namespace.MOUNT -> Namespaces.CLONE_NEWNS;
            case Namespace.IPC -> Namespaces.CLONE_NEWIPC;
            case Namespace.UTS -> Namespaces.CLONE_NEWUTS;
            case Namespace.USER -> Namespaces.CLONE_NEWUSER;
            case Namespace.CGROUP -> Namespaces.CLONE_NEWCGROUP;
            default -> 0;
        };
    }

    private ExecShape shape() {
        MonitorState state = container.state();
        return new ExecShape(
                request.containerId(),
                process,
                descriptors.pass(container.init()),
                state.namespaces(),
                inUserNamespace(),
                preparation.groups(container.cgroup()),
                preparation.groupDirectory(container.cgroup()),
                request.stdio().terminal(),
                false,
                services.filters().load(state.filter()),
                services.kernel());
    }

    private Stdio stdio() {
        int owner =
                inUserNamespace()
                        ? hostId(container.initPid(), process.user().uid())
                        : (int) process.user().uid();
        if (!request.stdio().terminal()) {
            return Streams.pipes(
                    request.stdio().openStdin(),
                    owner,
                    preparation.held(),
                    descriptors,
                    services.nothing());
        }
        return Streams.terminal(
                openTerminal(), request.stdio(), owner, preparation.held(), descriptors);
    }

    private Pty openTerminal() {
        try (Fd devpts = Processes.pidfdGetfd(container.monitor().pidfd(), Descriptors.DEVPTS)) {
            return Pty.open(devpts);
        } catch (ErrnoException e) {
            // the spec mounts no devpts
            return Pty.openHost();
        }
    }

    private boolean inUserNamespace() {
        return (container.state().namespaces() & Namespaces.CLONE_NEWUSER) != 0;
    }

    /// The host's id of a user of the container.
    static int hostId(int initPid, long uid) {
        List<Linux.IdMapping> mappings = new ArrayList<>();
        for (String line : ProcFiles.read("/proc/" + initPid + "/uid_map").split("\n")) {
            String[] numbers = line.strip().split(" +");
            mappings.add(
                    new Linux.IdMapping(
                            Long.parseLong(numbers[0]),
                            Long.parseLong(numbers[1]),
                            Long.parseLong(numbers[2])));
        }
        return UserIds.host(mappings, uid);
    }

    private MonitorState state(int monitorPid, int pid) {
        long ticks =
                Processes.startTicks(monitorPid)
                        .orElseThrow(() ->
                                new Internal(
                                        "the monitor of exec "
                                                + request.execId()
                                                + " ended early"));
        boolean stdin = request.stdio().openStdin();
        return new MonitorState(
                monitorPid, ticks, pid, request.stdio().terminal(), stdin, "", 0, "");
    }
}
