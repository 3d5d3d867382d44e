package dev.carafe.engine;

import dev.carafe.engine.container.Container;
import dev.carafe.engine.container.Containers;
import dev.carafe.engine.logs.LogQuery;
import dev.carafe.engine.logs.LogSink;

/// Reads what a container wrote. Engine API GET /containers/{id}/logs.
public final class ReadLogs {
    private final Containers containers;

    ReadLogs(Containers containers) {
        this.containers = containers;
    }

    /// Blocks until all is read (following: until the container ends), the thread is interrupted or
    /// the sink fails.
    ///
    /// @throws dev.carafe.base.NotImplemented the log driver can't be read
    public void read(String ref, LogQuery query, LogSink sink) {
        Container container = containers.get(ref);
        container.streams().log().read(query, sink, () -> container.handle() != null);
    }
}
