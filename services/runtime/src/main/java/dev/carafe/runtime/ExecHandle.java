package dev.carafe.runtime;

import java.util.concurrent.CompletableFuture;

/// A process started in a running container. Thread-safe.
public interface ExecHandle extends AutoCloseable {
    String execId();

    /// Its process id in the host's pid namespace.
    int pid();

    Stdio stdio();

    /// Completed when it has ended, and its exit status is on disk; exceptionally with {@link
    /// dev.carafe.base.DataLoss} when the monitor was killed and the status is unknown.
    CompletableFuture<Exit> exited();

    /// @throws dev.carafe.base.Conflict when it has ended
    void kill(int signal);

    void resize(int rows, int columns);

    /// Ends its stdin: closes our end and has the monitor close its own.
    void closeStdin();

    /// The exit status is taken and the output is read: the monitor ends. Idempotent.
    void release();

    /// Lets go of our descriptors; the process lives on. {@link #exited} is not completed any more.
    @Override
    void close();
}
