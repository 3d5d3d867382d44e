package dev.carafe.runtime;

import dev.carafe.base.Canceled;
import dev.carafe.base.Internal;
import dev.carafe.base.Undo;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Namespaces;
import dev.carafe.linux.Pipes;
import dev.carafe.linux.Processes;
import dev.carafe.linux.Pty;
import dev.carafe.linux.Stat;
import dev.carafe.linux.cgroup.Cgroup;
import dev.carafe.oci.runtime.Process;
import dev.carafe.oci.runtime.Spec;
import dev.carafe.runtime.plan.LaunchPlan;
import dev.carafe.runtime.plan.Report;
import dev.carafe.runtime.plan.Step;
import dev.carafe.runtime.steps.ExecPlan;
import dev.carafe.runtime.steps.ExecShape;
import dev.carafe.runtime.steps.MonitorSteps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Containers without a monitor, as the OCI command line makes them: the first process is a child
/// of this process, so that whoever called the command (a shim, conmon) becomes its parent
/// afterwards and takes its exit status. Streams are inherited. Blocks its thread, which must be a
/// platform thread.
final class BareContainers {
    private static final long START_SECONDS = 20;
    private static final int FIFO_MODE = Stat.S_IFIFO | 0600;

    private static final String LABELS = "steps";

    private final Services services;

    BareContainers(Services services) {
        this.services = services;
    }

    /// What was made.
    ///
    /// @param terminal the master, when one was asked for; the caller's
    record Made(int pid, String group, @Nullable Fd terminal) {}

    Made create(CreateRequest request) {
        try (ContainerCreation creation = new ContainerCreation(services, request, true);
                Undo undo = new Undo()) {
            Cgroup cgroup =
                    services.cgroups()
                            .create(creation.groupPath(), Limits.of(creation.linux().resources()));
            undo.push(cgroup::delete);
            undo.push(cgroup::kill);
            for (String each : new String[] {MonitorSteps.START_FIFO, MonitorSteps.REPORT_FIFO}) {
                FileSystem.mknodat(Fd.CWD, request.runDir().resolve(each).toString(), FIFO_MODE, 0);
            }
            Pty[] terminal = new Pty[1];
            try (Pipes.Pipe report = Pipes.pipe();
                    Fd start = Pipes.eventfd(0, 0)) {
                LaunchPlan plan = creation.bare(cgroup, report.write(), start, terminal);
                if (terminal[0] != null) {
                    undo.push(terminal[0]::close);
                }
                writeLabels(request.runDir(), plan);
                Processes.waitPid(
                        creation.preparation().spawn(services, "container " + request.id(), plan));
                creation.preparation().close();
                report.write().close();
                int pid = awaitCreated(report.read(), start, plan, creation);
                undo.keep();
                return new Made(
                        pid,
                        creation.groupPath(),
                        terminal[0] == null ? null : terminal[0].master());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Lets a created container's program run.
    ///
    /// @throws StartFailed when it can't be executed
    void start(Path runDir) {
        try (Fd report =
                FileSystem.open(
                        runDir.resolve(MonitorSteps.REPORT_FIFO).toString(),
                        FileSystem.O_RDONLY | FileSystem.O_NONBLOCK)) {
            openWriter(runDir.resolve(MonitorSteps.START_FIFO).toString()).close();
            byte[] record = new byte[Report.SIZE];
            for (int n = Pipes.read(report, record); n >= 0; n = Pipes.read(report, record)) {
                if (n == Report.SIZE && Report.parse(record) instanceof Report.Failed failed) {
                    throw failure(runDir, failed);
                }
                pause();
            }
            Files.deleteIfExists(runDir.resolve(MonitorSteps.START_FIFO));
            Files.deleteIfExists(runDir.resolve(MonitorSteps.REPORT_FIFO));
            Files.deleteIfExists(runDir.resolve(LABELS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts one more process, a child of this process.
    ///
    /// @param init pidfd of the container's first process
    /// @param master gets the terminal's master at index 0
    /// @return its pid
    int exec(String id, Spec spec, Process process, Fd init, Cgroup cgroup, Fd[] master) {
        var linux = SpecCheck.check(spec);
        try (Preparation preparation = new Preparation();
                Pipes.Pipe report = Pipes.pipe();
                Fd start = Pipes.eventfd(0, 0)) {
            if (process.terminal()) {
                Pty pty = Pty.openHost();
                master[0] = pty.master();
                var size = process.consoleSize();
                StdioRequest request =
                        size == null
                                ? StdioRequest.terminal(0, 0)
                                : StdioRequest.terminal(size.height(), size.width());
                int owner = UserIds.host(linux.uidMappings(), process.user().uid());
                Streams.bareTerminal(
                        pty, request, owner, preparation.held(), preparation.descriptors());
            }
            preparation.bareEnds(report.write(), start, Path.of("/"));
            SeccompFilters.Stored filter = services.filters().of(linux.seccomp());
            long bits = ExecCreation.bits(linux);
            ExecShape shape =
                    new ExecShape(
                            id,
                            process,
                            preparation.descriptors().pass(init),
                            bits,
                            (bits & Namespaces.CLONE_NEWUSER) != 0,
                            preparation.groups(cgroup),
                            preparation.groupDirectory(cgroup),
                            process.terminal(),
                            true,
                            filter == null ? null : filter.filter(),
                            services.kernel());
            LaunchPlan plan = ExecPlan.of(shape, preparation.descriptors().highest());
            Processes.waitPid(preparation.spawn(services, "exec in " + id, plan));
            preparation.close();
            report.write().close();
            return awaitStarted(report.read(), plan);
        }
    }

    private int awaitCreated(Fd report, Fd start, LaunchPlan plan, ContainerCreation creation) {
        byte[] record = new byte[Report.SIZE];
        while (Pipes.read(report, record) == Report.SIZE) {
            switch (Report.parse(record)) {
                case Report.Created created -> {
                    return created.pid();
                }
                case Report.WantsMaps wants -> {
                    creation.writeIdMaps(wants.pid());
                    Pipes.signal(start);
                }
                case Report.Failed failed -> throw failure(plan, failed);
                case Report.Started _, Report.Exited _, Report.Refused _ -> {}
            }
        }
        throw new Internal("the container's first process ended early");
    }

    private static int awaitStarted(Fd report, LaunchPlan plan) {
        byte[] record = new byte[Report.SIZE];
        while (Pipes.read(report, record) == Report.SIZE) {
            Report next = Report.parse(record);
            if (next instanceof Report.Failed failed) {
                throw failure(plan, failed);
            }
            if (next instanceof Report.Started started) {
                return started.pid();
            }
        }
        throw new Internal("the process ended early");
    }

    /// Keeps what the steps are for, for the process that starts the container.
    private static void writeLabels(Path runDir, LaunchPlan plan) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Step step : plan.steps()) {
            String words = step.words() == null ? "" : step.words();
            text.append(oneLine(step.label())).append('\t').append(oneLine(words)).append('\n');
        }
        Files.writeString(runDir.resolve(LABELS), text);
    }

    private static StartFailed failure(Path runDir, Report.Failed failed) throws IOException {
        String[] parts =
                Files.readAllLines(runDir.resolve(LABELS)).get(failed.step()).split("\t", -1);
        return parts[1].isEmpty()
                ? new StartFailed(parts[0], failed.errno())
                : new StartFailed(parts[0], failed.errno(), parts[1]);
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ').replace('\t', ' ');
    }

    private static StartFailed failure(LaunchPlan plan, Report.Failed failed) {
        Step step = plan.step(failed.step());
        return step.words() == null
                ? new StartFailed(step.label(), failed.errno())
                : new StartFailed(step.label(), failed.errno(), step.words());
    }

    /// Opening without a reader fails: the first process is not there yet, or no more.
    private static Fd openWriter(String fifo) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            try {
                return FileSystem.open(fifo, FileSystem.O_WRONLY | FileSystem.O_NONBLOCK);
            } catch (ErrnoException e) {
                if (e.errno() != Errno.ENXIO || System.nanoTime() > deadline) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Canceled("interrupted");
        }
    }
}
