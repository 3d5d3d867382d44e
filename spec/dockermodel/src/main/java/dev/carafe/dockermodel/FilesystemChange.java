package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;

/// One element of the answer of `GET /containers/{id}/changes`.
///
/// @param kind 0 modified, 1 added, 2 deleted
@Json(caseInsensitiveKeys = true)
public record FilesystemChange(
        @Json.Property("Path") String path, @Json.Property("Kind") int kind) {}
