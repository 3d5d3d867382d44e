package dev.carafe.engine;

import dev.carafe.base.CarafeException;
import dev.carafe.engine.config.ConsoleSize;
import dev.carafe.engine.config.ExecConfig;
import dev.carafe.engine.exec.ExecInstance;
import dev.carafe.engine.exec.Execs;
import dev.carafe.engine.streams.AttachSession;
import dev.carafe.engine.streams.OutputSink;
import dev.carafe.engine.view.ExecView;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Runs a prepared exec. Engine API POST /exec/{id}/start.
public final class StartExec {
    private final Execs execs;

    StartExec(Execs execs) {
        this.execs = execs;
    }

    /// Refuses what can be refused before the client's connection is taken over.
    ///
    /// @throws dev.carafe.base.NotFound `No such exec instance: x`
    /// @throws dev.carafe.base.Conflict its container does not run, or not now
    public ExecView check(String execId) {
        return execs.startable(execId);
    }

    /// Starts it, its client knowing of nothing but the result.
    ///
    /// @throws dev.carafe.base.NotFound `No such exec instance: x`
    /// @throws dev.carafe.base.Conflict it ran already, or its container does not run
    /// @throws dev.carafe.base.InvalidArgument the program can't be executed
    public void detached(String execId, @Nullable ConsoleSize size) {
        ExecInstance exec = execs.get(execId);
        execs.start(exec, size(exec, size));
    }

    /// Starts it and connects the client. Why it could not start is written into the stream, as
    /// Docker does it, since the client's connection is a stream already.
    ///
    /// @param stderr whether the client can be given stderr apart from stdout; else it gets none
    /// @throws dev.carafe.base.NotFound `No such exec instance: x`
    public AttachSession attached(
            String execId, boolean stderr, @Nullable ConsoleSize size, OutputSink sink) {
        ExecInstance exec = execs.get(execId);
        ExecConfig config = exec.config();
        AttachSession session =
                exec.streams()
                        .attach(
                                config.attachStdin(),
                                config.attachStdout(),
                                config.attachStderr() && stderr,
                                true,
                                config.detachKeys(),
                                sink);
        session.ended()
                .thenRun(() -> {
                    if (session.detached()) {
                        execs.detached(exec);
                    }
                });
        try {
            execs.start(exec, size(exec, size));
        } catch (CarafeException e) {
            exec.streams().end(session, (e.text() + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
        return session;
    }

    private static @Nullable ConsoleSize size(ExecInstance exec, @Nullable ConsoleSize asked) {
        return asked != null ? asked : exec.config().consoleSize();
    }
}
