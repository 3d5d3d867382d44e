package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// When the engine starts a container again: "", no, always, unless-stopped, on-failure.
@Json(caseInsensitiveKeys = true)
public record RestartPolicy(
        @Json.Property("Name") @Nullable String name,
        @Json.Property("MaximumRetryCount") int maximumRetryCount) {}
