package dev.carafe.engine;

import dev.carafe.base.NotImplemented;
import dev.carafe.engine.container.Container;
import dev.carafe.engine.container.ContainerFiles;
import dev.carafe.engine.container.Containers;
import dev.carafe.engine.logs.JsonFileReader;
import dev.carafe.engine.logs.LogQuery;
import dev.carafe.engine.logs.LogSink;

/// Reads what a container wrote. Engine API GET /containers/{id}/logs.
public final class ReadLogs {
    private final Containers containers;
    private final ContainerFiles files;

    ReadLogs(Containers containers, ContainerFiles files) {
        this.containers = containers;
        this.files = files;
    }

    /// Blocks until all is read (following: until the container ends), the thread is interrupted or
    /// the sink fails.
    ///
    /// @throws NotImplemented the log driver can't be read
    public void read(String ref, LogQuery query, LogSink sink) {
        Container container = containers.get(ref);
        if (container.record().host().log().driver().equals("none")) {
            throw new NotImplemented(
                    container.subject(), "configured logging driver does not support reading");
        }
        JsonFileReader.read(
                files.log(container.id()),
                query,
                sink,
                () -> container.handle() != null,
                container.streams().log());
    }
}
