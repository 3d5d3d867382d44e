package dev.carafe.engine;

import dev.carafe.base.CarafeException;
import dev.carafe.base.Conflict;
import dev.carafe.engine.config.ConsoleSize;
import dev.carafe.engine.exec.ExecInstance;
import dev.carafe.engine.exec.Execs;
import dev.carafe.engine.streams.AttachSession;
import dev.carafe.engine.streams.OutputSink;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Runs a prepared exec. Engine API POST /exec/{id}/start.
public final class StartExec {
    private final Execs execs;

    StartExec(Execs execs) {
        this.execs = execs;
    }

    /// @param tty as asked at start; the exec's own setting decides
    public record Options(boolean detach, boolean tty, @Nullable ConsoleSize consoleSize) {}

    /// Starts it and connects the client; with `detach` the session has ended already. A failed
    /// start is written into the stream as Docker does it, and shows as exit code 126 or 127.
    ///
    /// @throws dev.carafe.base.NotFound `No such exec instance: x`
    /// @throws dev.carafe.base.Conflict it ran already, or its container does not run
    /// @throws dev.carafe.base.InvalidArgument detached, and the program can't be executed
    public AttachSession start(String execId, Options options, OutputSink sink) {
        ExecInstance exec = execs.get(execId);
        boolean attached = !options.detach();
        AttachSession session =
                exec.streams()
                        .attach(
                                attached && exec.config().attachStdin(),
                                attached && exec.config().attachStdout(),
                                attached && exec.config().attachStderr(),
                                true,
                                exec.config().detachKeys(),
                                sink);
        session.ended()
                .thenRun(() -> {
                    if (session.detached()) {
                        execs.detached(exec);
                    }
                });
        ConsoleSize size =
                options.consoleSize() != null ? options.consoleSize() : exec.config().consoleSize();
        try {
            execs.start(exec, size);
        } catch (CarafeException e) {
            if (options.detach() || e instanceof Conflict || exec.view().exitCode() == null) {
                session.close();
                throw e;
            }
            exec.streams().end(session, (e.text() + "\r\n").getBytes(StandardCharsets.UTF_8));
            return session;
        }
        if (options.detach()) {
            session.close();
        }
        return session;
    }
}
