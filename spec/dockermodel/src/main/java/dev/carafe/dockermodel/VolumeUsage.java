package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;

/// A volume's size and users; part of {@link Volume}.
@Json(caseInsensitiveKeys = true)
public record VolumeUsage(
        @Json.Property("RefCount") long refCount, @Json.Property("Size") long size) {}
