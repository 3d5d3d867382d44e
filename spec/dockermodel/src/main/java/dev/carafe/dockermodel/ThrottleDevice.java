package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;

/// A block device's limit, in bytes or operations a second.
@Json(caseInsensitiveKeys = true)
public record ThrottleDevice(
        @Json.Property("Path") String path, @Json.Property("Rate") long rate) {}
