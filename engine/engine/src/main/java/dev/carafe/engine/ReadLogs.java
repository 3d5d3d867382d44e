package dev.carafe.engine;

import dev.carafe.engine.logs.LogQuery;
import dev.carafe.engine.logs.LogSink;

/// Reads what a container wrote. Engine API GET /containers/{id}/logs.
public final class ReadLogs {
    /// Blocks until all is read (following: until the container ends), the thread is interrupted or the sink fails.
    ///
    /// @throws dev.carafe.base.NotImplemented the log driver can't be read
    public void read(String ref, LogQuery query, LogSink sink) {
        throw new UnsupportedOperationException();
    }
}
