package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// A mount that a container has.
@Json(caseInsensitiveKeys = true)
public record MountPoint(
        @Json.Property("Type") String type,
        @Json.Property("Name") @Nullable String name,
        @Json.Property("Source") String source,
        @Json.Property("Destination") String destination,
        @Json.Property("Driver") @Nullable String driver,
        @Json.Property("Mode") String mode,
        @Json.Property("RW") boolean rw,
        @Json.Property("Propagation") String propagation) {}
