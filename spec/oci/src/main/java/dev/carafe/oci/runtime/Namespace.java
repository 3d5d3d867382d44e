package dev.carafe.oci.runtime;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// A namespace of the container: a new one, or the one behind `path` (runtime-spec
/// config-linux.md#namespaces). A kind that is not listed is the host's.
///
/// @param type `pid`, `network`, `mount`, `ipc`, `uts`, `user`, `cgroup` or `time`
@Json
public record Namespace(String type, @Nullable String path) {
    public static final String PID = "pid";
    public static final String NETWORK = "network";
    public static final String MOUNT = "mount";
    public static final String IPC = "ipc";
    public static final String UTS = "uts";
    public static final String USER = "user";
    public static final String CGROUP = "cgroup";
    public static final String TIME = "time";

    /// A new namespace of this kind.
    public static Namespace fresh(String type) {
        return new Namespace(type, null);
    }
}
