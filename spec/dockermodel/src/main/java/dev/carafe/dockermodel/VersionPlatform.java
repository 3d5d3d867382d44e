package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;

/// The product's name; part of {@link Version}.
@Json(caseInsensitiveKeys = true)
public record VersionPlatform(@Json.Property("Name") String name) {}
