package dev.carafe.engine.streams;

import dev.carafe.engine.logs.LogWriter;
import dev.carafe.linux.EventLoop;
import dev.carafe.runtime.Stdio;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One process' streams: exists from before its start to after its end, survives restarts of the process. Thread-safe.
public final class StreamHub implements AutoCloseable {
    public StreamHub(EventLoop loop, boolean tty, LogWriter log) {}

    public void connect(Stdio stdio, Runnable closeStdin, boolean recovered) {
        throw new UnsupportedOperationException();
    }

    public AttachSession attach(
            boolean stdin,
            boolean stdout,
            boolean stderr,
            boolean stdinOnce,
            @Nullable String detachKeys,
            OutputSink sink) {
        throw new UnsupportedOperationException();
    }

    public CompletableFuture<Void> finish() {
        throw new UnsupportedOperationException();
    }

    public boolean connected() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
