package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// Options of a {@link Mount} of type image.
@Json(caseInsensitiveKeys = true)
public record ImageOptions(@Json.Property("Subpath") @Nullable String subpath) {}
