package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;

/// The network that another takes its configuration from; part of {@link NetworkResource}.
@Json(caseInsensitiveKeys = true)
public record ConfigReference(@Json.Property("Network") String network) {}
