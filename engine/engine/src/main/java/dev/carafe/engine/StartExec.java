package dev.carafe.engine;

import dev.carafe.engine.config.ConsoleSize;
import dev.carafe.engine.streams.AttachSession;
import dev.carafe.engine.streams.OutputSink;
import org.jspecify.annotations.Nullable;

/// Runs a prepared exec. Engine API POST /exec/{id}/start.
public final class StartExec {
    /// @param tty as asked at start; the exec's own setting decides
    public record Options(boolean detach, boolean tty, @Nullable ConsoleSize consoleSize) {}

    /// Starts it and connects the client; with `detach` the session has ended already. A failed start is written into
    /// the stream as Docker does it, and shows as exit code 126 or 127.
    ///
    /// @throws dev.carafe.base.NotFound `No such exec instance: x`
    /// @throws dev.carafe.base.Conflict it ran already, or its container does not run
    /// @throws dev.carafe.base.InvalidArgument detached, and the program can't be executed
    public AttachSession start(String execId, Options options, OutputSink sink) {
        throw new UnsupportedOperationException();
    }
}
