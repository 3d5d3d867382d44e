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

    /// Whose log it is, and whether its streams are one.
    ///
    /// @param tty a terminal: without frames
    public record Source(String id, boolean tty) {}

    /// @param ref id, unique prefix of an id, or name
    /// @throws dev.carafe.base.NotFound `No such container: x`
    public Source source(String ref) {
        Container container = containers.get(ref);
        return new Source(container.id(), container.record().config().tty());
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
