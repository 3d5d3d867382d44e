package dev.carafe.runtime.steps;

import dev.carafe.oci.runtime.Process;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything an exec's plan depends on. Descriptors are numbers in the launcher.
///
/// @param container descriptor of a pidfd of the container's first process
/// @param namespaces CLONE_NEW bits of the namespaces to join
/// @param user whether a user namespace is among them
/// @param groups name of a cgroup hierarchy -> descriptor of its `tasks` file
/// @param groupDirectory descriptor of the version 2 group to be born in
/// @param bare whether there is no monitor: the process is then a child of who starts the launcher
public record ExecShape(
        String containerId,
        Process process,
        int container,
        long namespaces,
        boolean user,
        Map<String, Integer> groups,
        @Nullable Integer groupDirectory,
        boolean terminal,
        boolean bare,
        ContainerShape.@Nullable Filter filter,
        KernelFacts kernel) {}
