package dev.carafe.oci.runtime;

import io.avaje.jsonb.Json;
import java.util.Map;

/// A container's state, as the `state` verb prints it and hooks read it (runtime-spec
/// runtime.md#state).
///
/// @param status `creating`, `created`, `running`, `paused` or `stopped`
/// @param pid of its first process, 0 when stopped
/// @param bundle absolute
/// @param created when, in RFC 3339
@Json
public record State(
        String ociVersion,
        String id,
        String status,
        int pid,
        String bundle,
        String rootfs,
        String created,
        Map<String, String> annotations) {
    public static final String CREATING = "creating";
    public static final String CREATED = "created";
    public static final String RUNNING = "running";
    public static final String PAUSED = "paused";
    public static final String STOPPED = "stopped";

    public State {
        annotations = Lists.copy(annotations);
    }
}
