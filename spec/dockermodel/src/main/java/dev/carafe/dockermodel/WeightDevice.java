package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;

/// A block device's share.
@Json(caseInsensitiveKeys = true)
public record WeightDevice(
        @Json.Property("Path") String path, @Json.Property("Weight") int weight) {}
