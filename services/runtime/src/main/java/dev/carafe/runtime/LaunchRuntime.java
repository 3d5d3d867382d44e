package dev.carafe.runtime;

import dev.carafe.linux.EventLoop;
import dev.carafe.linux.cgroup.CgroupManager;
import java.nio.file.Path;

/// Runs containers by launch plans: lists of system calls, compiled from the spec, that a tiny program performs.
public final class LaunchRuntime implements ContainerRuntime, AutoCloseable {
    /// @param loop stays the caller's
    /// @param execRoot directory for what this runtime itself keeps, below `/run`
    public LaunchRuntime(EventLoop loop, CgroupManager cgroups, Path execRoot) {}

    @Override
    public ContainerHandle create(CreateRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Recovered recover(String id, Path runDir) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ExecHandle exec(ExecRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RecoveredExec recoverExec(String execId, Path runDir) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
