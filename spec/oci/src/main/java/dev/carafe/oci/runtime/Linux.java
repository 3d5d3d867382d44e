package dev.carafe.oci.runtime;

import io.avaje.jsonb.Json;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What only Linux has (runtime-spec config-linux.md).
///
/// @param cgroupsPath below each hierarchy's root, as `docker/<id>`
/// @param rootfsPropagation `private`, `rslave`, ...; null for `rprivate`
@Json
@RecordBuilder
public record Linux(
        List<Namespace> namespaces,
        List<IdMapping> uidMappings,
        List<IdMapping> gidMappings,
        List<Device> devices,
        @Nullable String cgroupsPath,
        @Nullable Resources resources,
        @Nullable String rootfsPropagation,
        @Nullable Seccomp seccomp,
        Map<String, String> sysctl,
        List<String> maskedPaths,
        List<String> readonlyPaths,
        @Nullable String mountLabel)
        implements LinuxBuilder.With {
    public Linux {
        namespaces = Lists.copy(namespaces);
        uidMappings = Lists.copy(uidMappings);
        gidMappings = Lists.copy(gidMappings);
        devices = Lists.copy(devices);
        sysctl = Lists.copy(sysctl);
        maskedPaths = Lists.copy(maskedPaths);
        readonlyPaths = Lists.copy(readonlyPaths);
    }

    /// `size` ids from `containerID` on are `hostID` and following outside.
    @Json
    public record IdMapping(long containerID, long hostID, long size) {}
}
