package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;

/// One counter of a device; part of {@link StatsBlkio}.
///
/// @param op `Read`, `Write`, ... (version 2: `read`, `write`)
@Json(caseInsensitiveKeys = true)
public record StatsBlkioEntry(
        @Json.Property("major") int major,
        @Json.Property("minor") int minor,
        @Json.Property("op") String op,
        @Json.Property("value") long value) {}
