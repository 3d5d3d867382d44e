package dev.carafe.runtime;

import dev.carafe.linux.Fd;
import dev.carafe.oci.runtime.Linux;
import java.nio.file.Path;
import java.util.List;

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

    /// The same by a program that is an OCI runtime; all else is as with containers of our own.
    ///
    /// @throws StartFailed with the program's words
    ContainerHandle create(CreateRequest request, ExternalRuntime runtime);

    /// A user namespace with these id maps, for idmapped mounts (mount_setattr(2)
    /// MOUNT_ATTR_IDMAP). The runtime's: the caller does not close it.
    ///
    /// @throws StartFailed when the kernel gives none
    Fd userNamespace(List<Linux.IdMapping> uids, List<Linux.IdMapping> gids);

    /// Finds a container made by an earlier process.
    Recovered recover(String id, Path runDir);

    /// Starts one more process in a running container.
    ///
    /// @throws StartFailed as `create`
    ExecHandle exec(ExecRequest request);

    /// Finds an exec made by an earlier process.
    RecoveredExec recoverExec(String execId, Path runDir);
}
