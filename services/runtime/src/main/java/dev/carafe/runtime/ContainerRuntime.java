package dev.carafe.runtime;

import java.nio.file.Path;

/// What can run containers. Every container and every exec has a *monitor*, a tiny process that is
/// its parent, holds its streams and writes its exit status; so containers outlive whoever uses
/// this interface, and `recover` finds them again. Thread-safe.
///
/// The life of a container: `create` (everything is made, the program waits) -> {@link
/// ContainerHandle#start} -> {@link ContainerHandle#exited} -> {@link ContainerHandle#release} ->
/// {@link ContainerHandle#delete}.
public interface ContainerRuntime {
    /// Makes the container's namespaces, cgroup and mounts; its program waits for `start`.
    ///
    /// @throws StartFailed when a step of it fails; everything is undone then
    /// @throws dev.carafe.base.InvalidArgument when the spec asks for something that can't be
    ContainerHandle create(CreateRequest request);

    /// Finds a container made by an earlier process.
    Recovered recover(String id, Path runDir);

    /// Starts one more process in a running container.
    ///
    /// @throws StartFailed as `create`
    ExecHandle exec(ExecRequest request);

    /// Finds an exec made by an earlier process.
    RecoveredExec recoverExec(String execId, Path runDir);
}
