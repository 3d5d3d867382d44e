package dev.carafe.runtime;

import dev.carafe.base.Internal;
import dev.carafe.base.Undo;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Pipes;
import dev.carafe.linux.Processes;
import dev.carafe.linux.Pty;
import dev.carafe.linux.Sockets;
import dev.carafe.runtime.plan.LaunchPlan;
import dev.carafe.runtime.steps.Descriptors;
import dev.carafe.runtime.steps.ExternalPlan;
import dev.carafe.runtime.steps.ExternalShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Has another runtime make one process, a container's first or an exec's, under a monitor of ours:
/// what both have in common.
final class ExternalLaunch implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String CONSOLE = "console.sock";

    private final Services services;
    private final String what;
    private final StdioRequest request;
    private final Path runDir;
    private final Preparation preparation = new Preparation();

    /// @param what for messages and the monitor's name: `container 0123`
    ExternalLaunch(Services services, String what, StdioRequest request, Path runDir) {
        this.services = services;
        this.what = what;
        this.request = request;
        this.runDir = runDir;
    }

    Preparation preparation() {
        return preparation;
    }

    /// A made process that waits to be started, or runs.
    record Made(Monitor monitor, int pid) {}

    /// @param owner the host's id of the process's user
    /// @param make the runtime's command line, to which the names of files are added
    /// @param undo gets what takes it back, but for the runtime's own part
    /// @throws Refused the runtime ended with an error
    Made make(Commands commands, int owner, ExternalShape.Mounts mounts, Path folder, Undo undo) {
        Stdio stdio = stdio(owner);
        undo.push(stdio::close);
        Monitor.Ends ends = preparation.ends(stdio, runDir);
        undo.push(ends::close);
        // it is asked for together with other things
        Pipes.setNonBlocking(ends.start(), true);
        Pipes.Pipe pid = Pipes.pipe();
        preparation.held().add(pid.write());
        int pidNumber = preparation.pass(pid.read());
        Integer console = request.terminal() ? Integer.valueOf(console(folder)) : null;
        ExternalShape shape =
                new ExternalShape(
                        folder.toString(),
                        commands.make(options()),
                        commands.start(),
                        ExternalRuntime.environment(),
                        mounts,
                        pidNumber,
                        console,
                        services.kernel());
        LaunchPlan plan = ExternalPlan.of(shape, preparation.descriptors().highest());
        Monitor monitor = preparation.launch(services, what, plan, ends, runDir, p -> {});
        undo.push(monitor::close);
        undo.push(monitor::awaitGone);
        undo.push(monitor::release);
        undo.push(pid.write()::close);
        int made = Monitor.await(monitor.created(), DEADLINE, "creating " + what);
        takeOver(monitor, made, pid.write());
        return new Made(monitor, made);
    }

    /// The command lines for the plan.
    interface Commands {
        /// @param options that say where pid and terminal go
        List<String> make(List<String> options);

        /// Null when the process runs as soon as it is made.
        @Nullable List<String> start();
    }

    @Override
    public void close() {
        preparation.close();
    }

    private List<String> options() {
        List<String> options = new ArrayList<>(List.of("--pid-file", ExternalShape.PID_FILE));
        if (request.terminal()) {
            options.addAll(List.of("--console-socket", CONSOLE));
        }
        return options;
    }

    /// What a runtime says of the pid is not believed: it is the monitor's child or nothing.
    private void takeOver(Monitor monitor, int pid, Fd tell) {
        if (Processes.parentOf(pid).orElse(0) != monitor.pid()) {
            throw new Internal(
                    "the process that the runtime made for "
                            + what
                            + " (pid "
                            + pid
                            + ") is not the monitor's child");
        }
        if (request.terminal()) {
            Fd master = Processes.pidfdGetfd(monitor.pidfd(), Descriptors.STDOUT);
            Pipes.setNonBlocking(master, true);
            if (request.rows() > 0 && request.columns() > 0) {
                Pty.resize(master, request.rows(), request.columns());
            }
            JournalPipe journal = monitor.stdio().outJournal();
            monitor.take(new Stdio(master.dup(), master, null, journal, null));
        }
        byte[] number = new byte[8];
        ByteBuffer.wrap(number).order(ByteOrder.nativeOrder()).putLong(pid);
        Pipes.writeFully(tell, number);
    }

    /// With a terminal the runtime has no streams, and the master comes when it is there.
    private Stdio stdio(int owner) {
        Descriptors descriptors = preparation.descriptors();
        return request.terminal()
                ? Streams.terminalToCome(descriptors, services.nothing())
                : Streams.pipes(
                        request.openStdin(),
                        owner,
                        preparation.held(),
                        descriptors,
                        services.nothing());
    }

    /// The address goes through the folder's descriptor: it can be longer than addresses may be.
    private int console(Path folder) {
        try (Fd directory =
                FileSystem.open(folder.toString(), FileSystem.O_PATH | FileSystem.O_DIRECTORY)) {
            Fd socket =
                    Sockets.socket(Sockets.AF_UNIX, Sockets.SOCK_STREAM | Sockets.SOCK_NONBLOCK, 0);
            int number = preparation.pass(socket);
            byte[] name = (directory.procPath() + "/" + CONSOLE).getBytes(StandardCharsets.UTF_8);
            byte[] address = new byte[2 + name.length + 1];
            address[0] = Sockets.AF_UNIX;
            System.arraycopy(name, 0, address, 2, name.length);
            Sockets.bind(socket, address);
            Sockets.listen(socket, 1);
            return number;
        }
    }
}
