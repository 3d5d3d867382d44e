package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// The machine an image is for.
@Json(caseInsensitiveKeys = true)
public record ImagePlatform(
        @Json.Property("architecture") String architecture,
        @Json.Property("os") String os,
        @Json.Property("variant") @Nullable String variant) {}
