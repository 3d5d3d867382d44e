package dev.carafe.runtime;

import dev.carafe.oci.runtime.Linux;
import java.util.List;
import java.util.stream.Collectors;

/// Ids of a container's user namespace as the host sees them.
final class UserIds {
    private static final int OVERFLOW = 65534;

    private UserIds() {}

    /// The host's id for `id`; the same where there are no mappings.
    static int host(List<Linux.IdMapping> mappings, long id) {
        if (mappings.isEmpty()) {
            return (int) id;
        }
        for (Linux.IdMapping each : mappings) {
            if (id >= each.containerID() && id < each.containerID() + each.size()) {
                return (int) (each.hostID() + id - each.containerID());
            }
        }
        return OVERFLOW;
    }

    /// As /proc/PID/uid_map wants it.
    static String map(List<Linux.IdMapping> mappings) {
        return mappings.stream()
                .map(m -> m.containerID() + " " + m.hostID() + " " + m.size() + "\n")
                .collect(Collectors.joining());
    }
}
