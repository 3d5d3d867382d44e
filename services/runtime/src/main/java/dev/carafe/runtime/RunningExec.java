package dev.carafe.runtime;

import dev.carafe.linux.Fd;
import dev.carafe.linux.Processes;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// An exec of this runtime.
final class RunningExec implements ExecHandle {
    private final String id;
    private final Monitor monitor;
    private final int pid;
    private final CompletableFuture<Exit> exited;

    RunningExec(String id, Monitor monitor, MonitorState state) {
        this.id = id;
        this.monitor = monitor;
        this.pid = state.pid();
        this.exited = RunningContainer.offTheLoop(monitor.exited());
    }

    @Override
    public String execId() {
        return id;
    }

    @Override
    public int pid() {
        return pid;
    }

    @Override
    public Stdio stdio() {
        return monitor.stdio();
    }

    @Override
    public CompletableFuture<Exit> exited() {
        return exited;
    }

    @Override
    public void kill(int signal) {
        Optional<Fd> process = Processes.tryPidfdOpen(pid);
        try (Fd pidfd = process.orElseThrow(this::ended)) {
            // the monitor reaps it before it writes the exit status: a pid that is its child is
            // still the process
            if (Processes.parentOf(pid).orElse(0) != monitor.pid()
                    || !Processes.pidfdSendSignal(pidfd, signal)) {
                throw ended();
            }
        }
    }

    @Override
    public void resize(int rows, int columns) {
        monitor.resize(rows, columns);
    }

    @Override
    public void closeStdin() {
        monitor.closeStdin();
    }

    @Override
    public void release() {
        monitor.release();
    }

    @Override
    public void close() {
        monitor.close();
    }

    private RuntimeException ended() {
        return Monitor.ended("exec " + id);
    }
}
