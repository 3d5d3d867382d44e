package dev.carafe.engine;

import dev.carafe.base.Conflict;
import dev.carafe.engine.container.Container;
import dev.carafe.engine.container.ContainerEvents;
import dev.carafe.engine.container.Containers;
import dev.carafe.engine.logs.LogQuery;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.engine.streams.AttachSession;
import dev.carafe.engine.streams.OutputSink;
import org.jspecify.annotations.Nullable;

/// Connects a client to a container's streams, also before it starts. Engine API POST
/// /containers/{id}/attach.
public final class AttachContainer {
    private final Containers containers;
    private final ReadLogs logs;
    private final ContainerEvents events;

    AttachContainer(Containers containers, ReadLogs logs, ContainerEvents events) {
        this.containers = containers;
        this.logs = logs;
        this.events = events;
    }

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

    /// @throws Conflict paused or restarting
    public AttachSession attach(String ref, Options options, OutputSink sink) {
        Container container = containers.get(ref);
        switch (container.state()) {
            case ContainerState.Paused p ->
                    throw new Conflict(
                            container.subject(),
                            "container "
                                    + container.id()
                                    + " is paused, unpause the container before attach");
            case ContainerState.Restarting r ->
                    throw new Conflict(
                            container.subject(),
                            "container "
                                    + container.id()
                                    + " is restarting, wait until the container is running");
            default -> {}
        }
        AttachSession session =
                container
                        .streams()
                        .attach(
                                options.stdin() && container.record().config().openStdin(),
                                options.stdout(),
                                options.stderr(),
                                container.record().config().stdinOnce(),
                                options.detachKeys(),
                                to -> replay(ref, options, to),
                                sink);
        events.publish(container.record(), "attach");
        session.ended()
                .thenRun(() -> {
                    if (session.detached()) {
                        events.publish(container.record(), "detach");
                    }
                });
        if (!options.stream()) {
            container.streams().end(session, new byte[0]);
        }
        return session;
    }

    private void replay(String ref, Options options, OutputSink sink) {
        if (options.logs()) {
            logs.read(
                    ref,
                    new LogQuery(
                            options.stdout(),
                            options.stderr(),
                            false,
                            null,
                            null,
                            -1,
                            false,
                            false),
                    record -> sink.write(record.stream(), record.line(), 0, record.line().length));
        }
    }
}
