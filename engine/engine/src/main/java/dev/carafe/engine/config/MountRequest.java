package dev.carafe.engine.config;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One element of HostConfig.Mounts. Options of other types than `type` are null.
///
/// @param type `bind`, `volume`, `tmpfs` or `image`
/// @param source host path, volume name, image; empty for tmpfs and anonymous volumes
@Json
public record MountRequest(
        String type,
        String source,
        String target,
        boolean readOnly,
        String consistency,
        @Nullable BindOptions bind,
        @Nullable VolumeOptions volume,
        @Nullable TmpfsOptions tmpfs,
        @Nullable ImageOptions image) {

    /// @param propagation empty: rprivate
    /// @param idmap whose the files show as, empty: of the container's user namespace; null: as
    ///   they are
    @Json
    public record BindOptions(
            String propagation,
            boolean nonRecursive,
            boolean createMountpoint,
            boolean readOnlyNonRecursive,
            boolean readOnlyForceRecursive,
            @Nullable String idmap) {}

    /// @param driver empty: local
    @Json
    public record VolumeOptions(
            boolean noCopy,
            Map<String, String> labels,
            String driver,
            Map<String, String> driverOptions,
            String subpath) {}

    /// @param mode permission bits; 0: 01777
    /// @param options each a key or a key and a value
    @Json
    public record TmpfsOptions(long sizeBytes, int mode, List<List<String>> options) {}

    @Json
    public record ImageOptions(String subpath) {}
}
