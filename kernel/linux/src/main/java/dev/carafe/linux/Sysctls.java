package dev.carafe.linux;

import java.util.Optional;
import java.util.Set;

/// Kernel parameters under /proc/sys, sysctl(8) names such as `net.ipv4.ip_forward`.
public final class Sysctls {
    private static final Set<String> IPC =
            Set.of(
                    "kernel.msgmax",
                    "kernel.msgmnb",
                    "kernel.msgmni",
                    "kernel.sem",
                    "kernel.shmall",
                    "kernel.shmmax",
                    "kernel.shmmni",
                    "kernel.shm_rmid_forced");

    private Sysctls() {}

    /// Which namespace a parameter belongs to.
    public enum Scope {
        NET,
        IPC,
        UTS,
        HOST
    }

    /// The namespace that owns the parameter; only those of a container's own namespaces may be set
    /// for it.
    public static Scope scope(String name) {
        if (name.startsWith("net.")) {
            return Scope.NET;
        }
        if (IPC.contains(name) || name.startsWith("fs.mqueue.")) {
            return Scope.IPC;
        }
        return name.equals("kernel.domainname") || name.equals("kernel.hostname")
                ? Scope.UTS
                : Scope.HOST;
    }

    /// The file. As in sysctl(8), a `/` before the first `.` makes `/` the separator, so that `.`
    /// can be in a device's name.
    public static String path(String name) {
        int dot = name.indexOf('.');
        int slash = name.indexOf('/');
        boolean slashes = slash >= 0 && (dot < 0 || slash < dot);
        String relative =
                slashes ? name : name.replace('.', '\0').replace('/', '.').replace('\0', '/');
        if (relative.startsWith("/") || ("/" + relative + "/").contains("/../")) {
            throw new IllegalArgumentException("bad sysctl name " + name);
        }
        return "/proc/sys/" + relative;
    }

    /// The value without the line end; empty when the kernel has no such parameter.
    public static Optional<String> get(String name) {
        return ProcFiles.tryRead(path(name)).map(String::stripTrailing);
    }

    public static void set(String name, String value) {
        ProcFiles.write(path(name), value);
    }
}
