package dev.carafe.oci.runtime;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// A device node to make in the container (runtime-spec config-linux.md#devices).
///
/// @param type `c`, `u` (both character), `b` or `p`
/// @param fileMode permission bits, null for 0666
@Json
public record Device(
        String type,
        String path,
        long major,
        long minor,
        @Nullable Integer fileMode,
        @Nullable Long uid,
        @Nullable Long gid) {}
