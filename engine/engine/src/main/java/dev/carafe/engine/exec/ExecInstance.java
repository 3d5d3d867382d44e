package dev.carafe.engine.exec;

import dev.carafe.base.Conflict;
import dev.carafe.base.Subject;
import dev.carafe.engine.config.ExecConfig;
import dev.carafe.engine.container.Container;
import dev.carafe.engine.streams.StreamHub;
import dev.carafe.engine.view.ExecView;
import dev.carafe.runtime.ContainerHandle;
import dev.carafe.runtime.ExecHandle;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One exec: prepared, running or ended. Thread-safe.
public final class ExecInstance {
    private sealed interface State {
        record Prepared() implements State {}

        record Starting() implements State {}

        record Running(ExecHandle handle) implements State {}

        record Ended(int exitCode, int pid, Instant at) implements State {}
    }

    private static final Duration BEGIN_LIMIT = Duration.ofSeconds(2);
    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    private final String id;
    private final Container container;
    private final ExecConfig config;
    private final StreamHub streams;
    private final ContainerHandle run;
    private State state = new State.Prepared();

    /// @param run of the container that it was made in
    ExecInstance(
            String id,
            Container container,
            ContainerHandle run,
            ExecConfig config,
            StreamHub streams) {
        this.run = run;
        this.id = id;
        this.container = container;
        this.config = config;
        this.streams = streams;
    }

    public String id() {
        return id;
    }

    public Container container() {
        return container;
    }

    ContainerHandle run() {
        return run;
    }

    /// Nobody has begun to start it.
    synchronized boolean isUntouched() {
        return state instanceof State.Prepared;
    }

    public ExecConfig config() {
        return config;
    }

    public StreamHub streams() {
        return streams;
    }

    /// @throws Conflict it was started before
    synchronized void beginStart() {
        if (!(state instanceof State.Prepared)) {
            throw new Conflict(
                    new Subject("exec", id),
                    state instanceof State.Ended
                            ? "exec command " + id + " has already run"
                            : "exec command " + id + " is already running");
        }
        state = new State.Starting();
        notifyAll();
    }

    synchronized void started(ExecHandle handle) {
        state = new State.Running(handle);
        notifyAll();
    }

    synchronized void ended(int exitCode) {
        int pid = state instanceof State.Running r ? r.handle().pid() : 0;
        state = new State.Ended(exitCode, pid, Instant.now());
        notifyAll();
    }

    /// Waits until it runs or has ended: a moment for somebody who begins to start it, longer for
    /// the start itself.
    ///
    /// @return false when it does neither after that time
    synchronized boolean awaitStart() throws InterruptedException {
        long asked = System.nanoTime();
        while (state instanceof State.Prepared || state instanceof State.Starting) {
            Duration limit = state instanceof State.Prepared ? BEGIN_LIMIT : START_LIMIT;
            long left = limit.toNanos() - (System.nanoTime() - asked);
            if (left <= 0) {
                return false;
            }
            wait(left / 1_000_000 + 1);
        }
        return true;
    }

    synchronized @Nullable ExecHandle handle() {
        return state instanceof State.Running r ? r.handle() : null;
    }

    /// Null until it ended.
    synchronized @Nullable Instant endedAt() {
        return state instanceof State.Ended e ? e.at() : null;
    }

    /// As it is now.
    public synchronized ExecView view() {
        return switch (state) {
            case State.Prepared p -> new ExecView(id, container.id(), config, false, null, 0);
            case State.Starting s -> new ExecView(id, container.id(), config, true, null, 0);
            case State.Running r ->
                    new ExecView(id, container.id(), config, true, null, r.handle().pid());
            case State.Ended e ->
                    new ExecView(id, container.id(), config, false, e.exitCode(), e.pid());
        };
    }
}
