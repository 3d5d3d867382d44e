package dev.carafe.runtime;

import dev.carafe.linux.cgroup.Cgroup;
import dev.carafe.linux.cgroup.CgroupLimits;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/// A created, running or ended container. Thread-safe.
public interface ContainerHandle extends AutoCloseable {
    String id();

    /// The container's first process, as the host's pid namespace numbers it.
    int initPid();

    Stdio stdio();

    /// Lets the created container's program run. Returns when it has been executed.
    ///
    /// @throws StartFailed with docker's words when it can't be; the container has ended then and
    ///   is to be deleted
    /// @throws dev.carafe.base.Conflict when it was started before
    void start();

    /// Completed when the container's first process has ended, and its exit status is on disk;
    /// exceptionally with {@link dev.carafe.base.DataLoss} when the monitor was killed and the
    /// status is unknown.
    CompletableFuture<Exit> exited();

    /// Sends a signal to the first process.
    ///
    /// @throws dev.carafe.base.Conflict when it has ended
    void kill(int signal);

    /// Sets the terminal's size; does nothing without a terminal.
    void resize(int rows, int columns);

    void pause();

    void resume();

    /// Changes limits of the running container; what is null in `limits` stays.
    void update(CgroupLimits limits);

    /// Ends the container's stdin: closes our end and has the monitor close its own.
    void closeStdin();

    Cgroup cgroup();

    Path runDir();

    /// The exit status is taken and the output is read: the monitor ends. Idempotent.
    void release();

    /// Kills what is left, releases the monitor, removes the cgroup and the files in the run
    /// directory. Idempotent.
    void delete();

    /// Lets go of our descriptors; the container lives on. {@link #exited} is not completed any
    /// more.
    @Override
    void close();
}
