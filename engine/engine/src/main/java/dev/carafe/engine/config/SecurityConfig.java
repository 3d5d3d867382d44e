package dev.carafe.engine.config;

import io.avaje.jsonb.Json;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a container may do to its host.
///
/// @param capAdd names with or without `CAP_`, or `ALL`
/// @param securityOptions `seccomp=...`, `no-new-privileges`, `systempaths=unconfined`, ...
/// @param groupAdd names or gids
/// @param maskedPaths null: the default list; empty: none
/// @param readonlyPaths null: the default list; empty: none
@Json
@RecordBuilder
public record SecurityConfig(
        boolean privileged,
        List<String> capAdd,
        List<String> capDrop,
        List<String> securityOptions,
        List<String> groupAdd,
        boolean readonlyRootfs,
        @Nullable List<String> maskedPaths,
        @Nullable List<String> readonlyPaths)
        implements SecurityConfigBuilder.With {

    public static SecurityConfig defaults() {
        return new SecurityConfig(
                false, List.of(), List.of(), List.of(), List.of(), false, null, null);
    }

    /// With these lists where none were given.
    public SecurityConfig withDefaultPaths(List<String> masked, List<String> readonly) {
        return with().maskedPaths(maskedPaths == null ? masked : maskedPaths)
                .readonlyPaths(readonlyPaths == null ? readonly : readonlyPaths)
                .build();
    }

    /// Defaults, and privileged.
    public static SecurityConfig asPrivileged() {
        return new SecurityConfig(
                true, List.of(), List.of(), List.of(), List.of(), false, null, null);
    }

    /// Defaults with a read-only root.
    public static SecurityConfig readOnly() {
        return new SecurityConfig(
                false, List.of(), List.of(), List.of(), List.of(), true, null, null);
    }
}
