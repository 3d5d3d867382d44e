package dev.carafe.engine.view;

import io.avaje.jsonb.Json;

/// One mount as inspect shows it.
///
/// @param type `bind`, `volume`, `tmpfs`, `image`
/// @param name of the volume, else empty
/// @param source path on the host
/// @param driver `local` for volumes, else empty
/// @param mode options of the bind as written (`ro,z`)
@Json
public record MountPoint(
        String type,
        String name,
        String source,
        String destination,
        String driver,
        String mode,
        boolean writable,
        String propagation) {}
