package dev.carafe.oci.runtime;

import io.avaje.jsonb.Json;

/// The container's root file system (runtime-spec config.md#root).
///
/// @param path of the host; relative to the bundle in a `config.json`
@Json
public record Root(String path, boolean readonly) {}
