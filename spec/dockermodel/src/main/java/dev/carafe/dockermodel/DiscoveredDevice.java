package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;

/// A device that a driver such as CDI found; part of {@link Info}.
@Json(caseInsensitiveKeys = true)
public record DiscoveredDevice(
        @Json.Property("Source") String source, @Json.Property("ID") String id) {}
