package dev.carafe.runtime;

import dev.carafe.base.CarafeException;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.cgroup.Cgroup;
import dev.carafe.linux.cgroup.CgroupLimits;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/// A container that another runtime made: watched as ours are, signalled and removed by its
/// runtime.
final class ExternalContainer implements ContainerHandle {
    private static final System.Logger LOG = System.getLogger(ExternalContainer.class.getName());

    private final RunningContainer watched;
    private final ExternalCommands commands;
    private final AtomicBoolean deleted = new AtomicBoolean();

    ExternalContainer(RunningContainer watched, ExternalCommands commands) {
        this.watched = watched;
        this.commands = commands;
    }

    ExternalRuntime runtime() {
        return commands.runtime();
    }

    @Override
    public String id() {
        return watched.id();
    }

    @Override
    public int initPid() {
        return watched.initPid();
    }

    @Override
    public Stdio stdio() {
        return watched.stdio();
    }

    @Override
    public void start() {
        try {
            watched.start();
        } catch (Refused e) {
            throw commands.failure("start", e);
        }
    }

    @Override
    public CompletableFuture<Exit> exited() {
        return watched.exited();
    }

    @Override
    public void kill(int signal) {
        // throws where it has ended
        watched.init();
        try {
            commands.kill(signal);
        } catch (CarafeException e) {
            if (watched.hasEnded()) {
                throw Monitor.ended("container " + id());
            }
            throw e;
        }
    }

    @Override
    public void resize(int rows, int columns) {
        watched.resize(rows, columns);
    }

    @Override
    public void pause() {
        watched.pause();
    }

    @Override
    public void resume() {
        watched.resume();
    }

    @Override
    public void update(CgroupLimits limits) {
        watched.update(limits);
    }

    @Override
    public void closeStdin() {
        watched.closeStdin();
    }

    @Override
    public Cgroup cgroup() {
        return watched.cgroup();
    }

    @Override
    public Path runDir() {
        return watched.runDir();
    }

    @Override
    public void release() {
        watched.release();
    }

    @Override
    public void delete() {
        if (deleted.compareAndSet(false, true)) {
            try {
                commands.delete();
            } catch (CarafeException | StartFailed | ErrnoException e) {
                LOG.log(Level.WARNING, "{0}", e.getMessage());
            }
            watched.delete();
        }
    }

    @Override
    public void close() {
        watched.close();
    }
}
