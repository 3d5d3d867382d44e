package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// What the local store knows about an image; part of {@link ImageInspect}.
@Json(caseInsensitiveKeys = true)
public record ImageMetadata(@Json.Property("LastTagTime") @Nullable String lastTagTime) {}
