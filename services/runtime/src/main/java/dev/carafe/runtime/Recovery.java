package dev.carafe.runtime;

import dev.carafe.base.Undo;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Pipes;
import dev.carafe.linux.ProcFiles;
import dev.carafe.linux.Processes;
import dev.carafe.linux.cgroup.Cgroup;
import dev.carafe.linux.cgroup.CgroupLimits;
import dev.carafe.runtime.steps.Descriptors;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes over what an earlier process left running: finds the monitor, makes sure that it is the
/// one, and duplicates its descriptors (pidfd_getfd(2)).
final class Recovery {
    private final Services services;

    Recovery(Services services) {
        this.services = services;
    }

    Recovered container(String id, Path runDir) {
        Optional<ExternalCommands> external = ExternalCommands.read(id, runDir);
        Recovered recovered = watched(id, runDir);
        if (external.isEmpty()) {
            return recovered;
        }
        if (recovered instanceof Recovered.Live(ContainerHandle handle, boolean started)
                && handle instanceof RunningContainer running) {
            return new Recovered.Live(new ExternalContainer(running, external.get()), started);
        }
        external.get().forget();
        return recovered;
    }

    private Recovered watched(String id, Path runDir) {
        Optional<MonitorState> state = MonitorState.read(runDir);
        if (state.isEmpty()) {
            endUnfinished("container " + id, runDir);
            services.cgroups().find("carafe/" + id).ifPresent(Recovery::remove);
            return new Recovered.Lost("its creation was not finished", false);
        }
        try (Undo undo = new Undo()) {
            Optional<Monitor> monitor = monitor("container " + id, state.get(), runDir);
            if (monitor.isEmpty()) {
                services.cgroups().find(state.get().group()).ifPresent(Recovery::remove);
                ContainerHooks hooks = ContainerHooks.recovered(id, runDir, services);
                if (hooks != null) {
                    hooks.stopped();
                }
                return RunFile.exit(runDir)
                        .<Recovered>map(Recovered.Ended::new)
                        .orElseGet(() ->
                                new Recovered.Lost(
                                        "its monitor is gone and left no exit status",
                                        RunFile.started(runDir)));
            }
            undo.push(monitor.get()::close);
            Cgroup cgroup =
                    services.cgroups()
                            .find(state.get().group())
                            .orElseGet(() ->
                                    services.cgroups()
                                            .create(state.get().group(), CgroupLimits.NONE));
            Fd init = init(monitor.get(), state.get());
            RunningContainer container =
                    new RunningContainer(
                            id,
                            monitor.get(),
                            state.get(),
                            cgroup,
                            init,
                            ContainerHooks.recovered(id, runDir, services));
            boolean started = RunFile.started(runDir);
            if (started) {
                container.markStarted();
            }
            undo.keep();
            return new Recovered.Live(container, started);
        }
    }

    RecoveredExec exec(String id, Path runDir) {
        Optional<MonitorState> state = MonitorState.read(runDir);
        if (state.isEmpty()) {
            endUnfinished("exec " + id, runDir);
            return new RecoveredExec.Lost("its start was not finished");
        }
        Optional<Monitor> monitor = monitor("exec " + id, state.get(), runDir);
        if (monitor.isEmpty()) {
            return RunFile.exit(runDir)
                    .<RecoveredExec>map(RecoveredExec.Ended::new)
                    .orElse(new RecoveredExec.Lost("its monitor is gone and left no exit status"));
        }
        return new RecoveredExec.Live(new RunningExec(id, monitor.get(), state.get()));
    }

    /// Empty when the monitor has ended.
    private Optional<Monitor> monitor(String what, MonitorState state, Path runDir) {
        Optional<Fd> pidfd = Processes.tryPidfdOpen(state.monitorPid());
        if (pidfd.isEmpty()) {
            return Optional.empty();
        }
        try (Undo undo = new Undo()) {
            undo.push(pidfd.get()::close);
            // compared after the pidfd is held: now the number can't be given to another
            if (Processes.startTicks(state.monitorPid()).orElse(-1) != state.monitorTicks()) {
                return Optional.empty();
            }
            Monitor.Ends ends = ends(pidfd.get(), state);
            undo.push(ends::close);
            Monitor monitor =
                    services.monitor(
                            what, state.monitorPid(), pidfd.get(), ends, runDir, null, pid -> {});
            monitor.resume();
            undo.keep();
            return Optional.of(monitor);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ESRCH || e.errno() == Errno.EBADF) {
                // it ended in this moment
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Monitor.Ends ends(Fd monitor, MonitorState state) {
        Fd report = Processes.pidfdGetfd(monitor, Descriptors.REPORT_READ);
        Fd start = Processes.pidfdGetfd(monitor, Descriptors.START);
        Fd release = Processes.pidfdGetfd(monitor, Descriptors.RELEASE);
        Fd control = Processes.pidfdGetfd(monitor, Descriptors.CONTROL);
        return new Monitor.Ends(report, start, release, control, stdio(monitor, state));
    }

    private static Stdio stdio(Fd monitor, MonitorState state) {
        Fd out = Processes.pidfdGetfd(monitor, Descriptors.STDOUT);
        JournalPipe outJournal = journal(monitor, Descriptors.OUT_JOURNAL_READ);
        if (state.terminal()) {
            return new Stdio(out.dup(), out, null, outJournal, null);
        }
        Fd err = Processes.pidfdGetfd(monitor, Descriptors.STDERR);
        JournalPipe errJournal = journal(monitor, Descriptors.ERR_JOURNAL_READ);
        return new Stdio(state.stdin() ? stdin(monitor) : null, out, err, outJournal, errJournal);
    }

    private static JournalPipe journal(Fd monitor, int read) {
        return new JournalPipe(
                Processes.pidfdGetfd(monitor, read), Processes.pidfdGetfd(monitor, read + 1));
    }

    /// Null when it was closed before.
    private static @Nullable Fd stdin(Fd monitor) {
        try {
            return Processes.pidfdGetfd(monitor, Descriptors.STDIN);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EBADF) {
                return null;
            }
            throw e;
        }
    }

    /// A pidfd of the first process; a closed one when that has ended.
    private static Fd init(Monitor monitor, MonitorState state) {
        Optional<Fd> pidfd = Processes.tryPidfdOpen(state.pid());
        if (pidfd.isPresent() && Processes.parentOf(state.pid()).orElse(0) == monitor.pid()) {
            return pidfd.get();
        }
        Fd none = pidfd.orElseGet(() -> Pipes.eventfd(0, 0));
        none.close();
        return none;
    }

    /// Kills a monitor whose container was never announced.
    private static void endUnfinished(String what, Path runDir) {
        Optional<Integer> pid = RunFile.monitorPid(runDir);
        Optional<Fd> pidfd = pid.flatMap(Processes::tryPidfdOpen);
        if (pid.isEmpty() || pidfd.isEmpty()) {
            return;
        }
        try (Fd monitor = pidfd.get()) {
            String arguments = ProcFiles.tryRead("/proc/" + pid.get() + "/cmdline").orElse("");
            if (arguments.equals("carafe-monitor\0" + what + "\0")) {
                Processes.pidfdSendSignal(monitor, Processes.SIGKILL);
            }
        }
    }

    private static void remove(Cgroup cgroup) {
        cgroup.kill();
        cgroup.delete();
    }
}
