package dev.carafe.runtime.steps;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything the plan of a process of another runtime depends on. Descriptors are numbers in the
/// launcher.
///
/// @param folder of the host: the runtime's working directory, and where it writes its pid file
/// @param make the runtime's command line that makes the process, first its file
/// @param start the command line that lets the made process run; null when `make` does so
/// @param environment of the runtime
/// @param mounts what only the runtime and the container see
/// @param pid descriptor of a pipe from which the pid is read, as 8 bytes
/// @param console descriptor of the socket that the runtime sends the terminal to; null without one
public record ExternalShape(
        String folder,
        List<String> make,
        @Nullable List<String> start,
        List<String> environment,
        Mounts mounts,
        int pid,
        @Nullable Integer console,
        KernelFacts kernel) {
    /// In {@link #folder}: the pid of the process, in digits.
    public static final String PID_FILE = "pid";

    /// Mounts for the runtime, in a namespace of its own; none for the runtime to live in the
    /// host's.
    ///
    /// @param root null for none of all
    /// @param rootPath where the root file system is put
    public record Mounts(
            ContainerShape.@Nullable RootMount root, String rootPath, List<Attached> others) {
        public static final Mounts NONE = new Mounts(null, "", List.of());
    }

    /// A detached mount and the path that it is put on.
    public record Attached(int fd, String path) {}
}
