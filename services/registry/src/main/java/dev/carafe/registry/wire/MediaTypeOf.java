package dev.carafe.registry.wire;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// What a manifest says it is.
@Json
public record MediaTypeOf(int schemaVersion, @Nullable String mediaType) {}
