package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;

/// What `X-Docker-Container-Path-Stat` carries; mode is Go's FileMode.
@Json(caseInsensitiveKeys = true)
public record PathStat(
        @Json.Property("name") String name,
        @Json.Property("size") long size,
        @Json.Property("mode") long mode,
        @Json.Property("mtime") String mtime,
        @Json.Property("linkTarget") String linkTarget) {}
