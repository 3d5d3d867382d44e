package dev.carafe.engine.streams;

import dev.carafe.engine.logs.StreamKind;
import java.io.IOException;

/// Takes a container's output on behalf of one client. Called by one virtual thread of that client,
/// in order; it may block, and then only this client waits.
@FunctionalInterface
public interface OutputSink {
    /// A tty's output comes as STDOUT. The array must not be kept.
    ///
    /// @throws IOException when the client is gone: the session ends
    void write(StreamKind kind, byte[] data, int offset, int length) throws IOException;
}
