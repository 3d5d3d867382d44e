package dev.carafe.engine.logs;

import java.io.IOException;

/// Takes records of a log, oldest first.
@FunctionalInterface
public interface LogSink {
    /// @throws IOException when the client is gone: the reading ends
    void accept(LogRecord record) throws IOException;

    /// Called when all there is now was given and the reader is about to wait: time to flush.
    default void idle() throws IOException {}
}
