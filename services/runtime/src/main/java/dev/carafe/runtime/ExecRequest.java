package dev.carafe.runtime;

import dev.carafe.oci.runtime.Process;
import java.nio.file.Path;

/// A process to start in a running container. Seccomp filter, namespaces and cgroup are the
/// container's; everything else is as `process` says.
///
/// @param runDir as in {@link CreateRequest}, one of its own
public record ExecRequest(
        String containerId,
        String execId,
        ContainerHandle container,
        Process process,
        StdioRequest stdio,
        Path runDir) {}
