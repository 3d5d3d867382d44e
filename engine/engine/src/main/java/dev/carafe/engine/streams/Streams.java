package dev.carafe.engine.streams;

import dev.carafe.engine.logs.LogWriter;
import dev.carafe.engine.logs.Spares;
import dev.carafe.linux.EventLoop;

/// Makes the hubs of one engine, which share what it takes to move bytes. Thread-safe.
public final class Streams implements AutoCloseable {
    private final EventLoop loop;
    private final Spares<Workbench> benches = Workbench.spares();

    public Streams(EventLoop loop) {
        this.loop = loop;
    }

    public StreamHub hub(boolean tty, LogWriter log) {
        return new StreamHub(loop, benches, tty, log);
    }

    @Override
    public void close() {
        benches.close();
    }
}
