package dev.carafe.engine.streams;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/// A client's live connection to a container's or exec's streams.
public interface AttachSession extends AutoCloseable {
    /// Input of the client. Blocks while the process does not read. Detach keys are looked for
    /// here: when they come, {@link #ended} completes.
    ///
    /// @throws IOException when the process' stdin is closed
    void stdin(byte[] data, int offset, int length) throws IOException;

    /// The client has no more input. Closes the process' stdin when that is the rule (StdinOnce,
    /// exec).
    void closeStdin();

    /// Completes when there is no more output (all of it was given to the sink), when the client
    /// detached, or when the sink failed. Never completes exceptionally.
    CompletableFuture<Void> ended();

    /// Whether the client left by the detach keys.
    boolean detached();

    boolean tty();

    /// The client is gone. Idempotent.
    @Override
    void close();
}
