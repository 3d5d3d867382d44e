package dev.carafe.oci.runtime;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One mount, in the order in which they are made (runtime-spec config.md#mounts).
///
/// @param destination absolute in the container
/// @param type a file system of the kernel, or `bind`
/// @param source a path of the host for binds
/// @param options as of mount(8): `ro`, `nosuid`, `rbind`, `rprivate`, `size=64m`, ...
/// @param uidMappings of a bind: owners on the file system to owners as the host sees them here;
///   empty for none
/// @param gidMappings the same for groups
@Json
public record Mount(
        String destination,
        @Nullable String type,
        @Nullable String source,
        List<String> options,
        List<Linux.IdMapping> uidMappings,
        List<Linux.IdMapping> gidMappings) {
    public Mount {
        options = Lists.copy(options);
        uidMappings = Lists.copy(uidMappings);
        gidMappings = Lists.copy(gidMappings);
    }

    public Mount(
            String destination,
            @Nullable String type,
            @Nullable String source,
            List<String> options) {
        this(destination, type, source, options, List.of(), List.of());
    }
}
