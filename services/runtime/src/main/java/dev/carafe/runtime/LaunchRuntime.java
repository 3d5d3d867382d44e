package dev.carafe.runtime;

import dev.carafe.base.InvalidArgument;
import dev.carafe.linux.EventLoop;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.cgroup.CgroupManager;
import dev.carafe.oci.runtime.Linux;
import dev.carafe.oci.runtime.Spec;
import java.nio.file.Path;
import java.util.List;

/// Runs containers by launch plans: lists of system calls, compiled from the spec, that a tiny
/// program performs.
public final class LaunchRuntime implements ContainerRuntime, AutoCloseable {
    private final Services services;

    /// @param loop stays the caller's
    /// @param execRoot directory for what this runtime itself keeps, below `/run`; made when needed
    public LaunchRuntime(EventLoop loop, CgroupManager cgroups, Path execRoot) {
        Fd nothing = FileSystem.open("/dev/null", FileSystem.O_RDWR);
        this.services =
                Services.make(
                        loop, cgroups, new SeccompFilters(execRoot.resolve("seccomp")), nothing);
    }

    @Override
    public ContainerHandle create(CreateRequest request) {
        try (ContainerCreation creation = new ContainerCreation(services, request, false)) {
            return creation.create();
        }
    }

    @Override
    public ContainerHandle create(CreateRequest request, ExternalRuntime runtime) {
        try (ExternalCreation creation = new ExternalCreation(services, request, runtime)) {
            return creation.create();
        }
    }

    @Override
    public Fd userNamespace(List<Linux.IdMapping> uids, List<Linux.IdMapping> gids) {
        return services.userNamespaces().of(uids, gids);
    }

    @Override
    public Recovered recover(String id, Path runDir) {
        return new Recovery(services).container(id, runDir);
    }

    @Override
    public ExecHandle exec(ExecRequest request) {
        return switch (request.container()) {
            case RunningContainer container -> {
                try (ExecCreation creation = new ExecCreation(services, request, container)) {
                    yield creation.create();
                }
            }
            case ExternalContainer container -> {
                try (ExternalExec exec = new ExternalExec(services, request, container)) {
                    yield exec.create();
                }
            }
            default -> throw new InvalidArgument("a container of another engine");
        };
    }

    @Override
    public RecoveredExec recoverExec(String execId, Path runDir) {
        return new Recovery(services).exec(execId, runDir);
    }

    /// Every step that would make this container, in words, without making it. Cgroups are left
    /// out.
    public String explain(
            String id, Spec spec, RootFilesystem root, StdioRequest stdio, Path runDir) {
        CreateRequest request = new CreateRequest(id, spec, root, stdio, null, runDir);
        try (ContainerCreation creation = new ContainerCreation(services, request, false)) {
            return creation.explain();
        }
    }

    /// Lets go of what this runtime holds; its containers live on.
    @Override
    public void close() {
        services.close();
    }
}
