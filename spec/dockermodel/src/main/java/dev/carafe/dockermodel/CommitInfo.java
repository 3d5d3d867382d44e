package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// The build of a helper program; part of {@link Info}.
@Json(caseInsensitiveKeys = true)
public record CommitInfo(
        @Json.Property("ID") String id, @Json.Property("Expected") @Nullable String expected) {}
