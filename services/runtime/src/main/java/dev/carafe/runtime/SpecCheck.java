package dev.carafe.runtime;

import dev.carafe.base.InvalidArgument;
import dev.carafe.linux.Sysctls;
import dev.carafe.oci.runtime.Linux;
import dev.carafe.oci.runtime.Namespace;
import dev.carafe.oci.runtime.Process;
import dev.carafe.oci.runtime.Spec;

/// Refuses specs that could not be run, or would change the host.
final class SpecCheck {
    private SpecCheck() {}

    /// @throws InvalidArgument naming what is wrong
    static Linux check(Spec spec) {
        Linux linux = spec.linux();
        Process process = spec.process();
        if (linux == null || process == null) {
            throw new InvalidArgument("the spec has no linux section or no process");
        }
        if (process.args().isEmpty()) {
            throw new InvalidArgument("args must not be empty");
        }
        if (!process.cwd().startsWith("/")) {
            throw new InvalidArgument("cwd must be an absolute path: " + process.cwd());
        }
        if (!has(linux, Namespace.MOUNT)) {
            throw new InvalidArgument("a container needs a mount namespace of its own");
        }
        for (Namespace each : linux.namespaces()) {
            if (each.path() != null
                    && (each.type().equals(Namespace.MOUNT)
                            || each.type().equals(Namespace.TIME))) {
                throw new InvalidArgument(
                        "joining a " + each.type() + " namespace is not supported");
            }
        }
        if (has(linux, Namespace.USER)
                && (linux.uidMappings().isEmpty() || linux.gidMappings().isEmpty())) {
            throw new InvalidArgument("a user namespace needs uid and gid mappings");
        }
        linux.sysctl().keySet().forEach(name -> sysctl(linux, name));
        return linux;
    }

    static boolean has(Linux linux, String kind) {
        return linux.namespaces().stream().anyMatch(n -> n.type().equals(kind));
    }

    private static void sysctl(Linux linux, String name) {
        String kind =
                switch (Sysctls.scope(name)) {
                    case NET -> Namespace.NETWORK;
                    case IPC -> Namespace.IPC;
                    case UTS -> Namespace.UTS;
                    case HOST -> "";
                };
        if (!has(linux, kind)) {
            throw new InvalidArgument(
                    "sysctl \"" + name + "\" is not in a separate kernel namespace");
        }
    }
}
