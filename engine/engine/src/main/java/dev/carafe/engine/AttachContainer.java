package dev.carafe.engine;

import dev.carafe.engine.streams.AttachSession;
import dev.carafe.engine.streams.OutputSink;
import org.jspecify.annotations.Nullable;

/// Connects a client to a container's streams, also before it starts. Engine API POST /containers/{id}/attach.
public final class AttachContainer {
    /// @param logs give what was logged so far first
    /// @param stream stay connected
    /// @param detachKeys `ctrl-p,ctrl-q` and such; null: that
    public record Options(
            boolean stdin,
            boolean stdout,
            boolean stderr,
            boolean logs,
            boolean stream,
            @Nullable String detachKeys) {}

    /// @throws dev.carafe.base.Conflict paused or restarting
    public AttachSession attach(String ref, Options options, OutputSink sink) {
        throw new UnsupportedOperationException();
    }
}
