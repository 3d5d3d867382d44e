package dev.carafe.runtime;

import dev.carafe.base.Conflict;
import dev.carafe.base.Subject;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Processes;
import dev.carafe.linux.cgroup.Cgroup;
import dev.carafe.linux.cgroup.CgroupLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A container of this runtime.
final class RunningContainer implements ContainerHandle {
    private static final Duration START_DEADLINE = Duration.ofSeconds(60);

    private final String id;
    private final Monitor monitor;
    private final MonitorState state;
    private final Cgroup cgroup;
    private final Fd init;
    private final @Nullable ContainerHooks hooks;
    private final AtomicBoolean startAsked = new AtomicBoolean();
    private final AtomicBoolean deleted = new AtomicBoolean();
    private final CompletableFuture<Exit> exited;

    /// @param init pidfd of the first process
    /// @param hooks null for none
    RunningContainer(
            String id,
            Monitor monitor,
            MonitorState state,
            Cgroup cgroup,
            Fd init,
            @Nullable ContainerHooks hooks) {
        this.hooks = hooks;
        this.id = id;
        this.monitor = monitor;
        this.state = state;
        this.cgroup = cgroup;
        this.init = init;
        this.exited = offTheLoop(monitor.exited());
    }

    /// Callers may hang work that blocks on a future of ours: it must not run on the event loop.
    static CompletableFuture<Exit> offTheLoop(CompletableFuture<Exit> future) {
        CompletableFuture<Exit> copy = new CompletableFuture<>();
        future.whenComplete((exit, failure) ->
                Thread.startVirtualThread(() -> {
                    if (failure == null) {
                        copy.complete(exit);
                    } else {
                        copy.completeExceptionally(failure);
                    }
                }));
        return copy;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int initPid() {
        return state.pid();
    }

    @Override
    public Stdio stdio() {
        return monitor.stdio();
    }

    @Override
    public void start() {
        if (monitor.exited().isDone()) {
            throw Monitor.ended("container " + id);
        }
        if (!startAsked.compareAndSet(false, true)) {
            throw new Conflict(
                    new Subject("container", id), "container " + id + " was started already");
        }
        if (hooks != null) {
            orKill(() -> hooks.starting(this));
        }
        monitor.letStart();
        Monitor.await(monitor.started(), START_DEADLINE, "starting container " + id);
        if (hooks != null) {
            orKill(() -> hooks.started(initPid()));
        }
    }

    /// A container whose hook fails has failed.
    private void orKill(Runnable ofHooks) {
        try {
            ofHooks.run();
        } catch (RuntimeException e) {
            cgroup.kill();
            throw e;
        }
    }

    @Override
    public CompletableFuture<Exit> exited() {
        return exited;
    }

    @Override
    public void kill(int signal) {
        if (monitor.exited().isDone()
                || !init.isOpen()
                || !Processes.pidfdSendSignal(init, signal)) {
            throw Monitor.ended("container " + id);
        }
    }

    @Override
    public void resize(int rows, int columns) {
        monitor.resize(rows, columns);
    }

    @Override
    public void pause() {
        cgroup.freeze();
    }

    @Override
    public void resume() {
        cgroup.thaw();
    }

    @Override
    public void update(CgroupLimits limits) {
        cgroup.update(limits);
    }

    @Override
    public void closeStdin() {
        monitor.closeStdin();
    }

    @Override
    public Cgroup cgroup() {
        return cgroup;
    }

    @Override
    public Path runDir() {
        return monitor.runDir();
    }

    @Override
    public void release() {
        monitor.release();
    }

    @Override
    public void delete() {
        if (!deleted.compareAndSet(false, true)) {
            return;
        }
        // of a created container too it is the waiting process that is killed: the monitor then
        // reaps it and goes
        monitor.release();
        cgroup.kill();
        monitor.awaitGone();
        cgroup.delete();
        if (hooks != null) {
            hooks.stopped();
        }
        RunFile.clear(runDir());
        close();
    }

    @Override
    public void close() {
        monitor.close();
        init.close();
    }

    MonitorState state() {
        return state;
    }

    Monitor monitor() {
        return monitor;
    }

    /// Pidfd of the first process.
    ///
    /// @throws Conflict when it has ended
    Fd init() {
        if (monitor.exited().isDone() || !init.isOpen()) {
            throw Monitor.ended("container " + id);
        }
        return init;
    }

    boolean hasEnded() {
        return monitor.exited().isDone();
    }

    /// It was started before this process took it over.
    void markStarted() {
        startAsked.set(true);
    }
}
