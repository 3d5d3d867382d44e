package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// One line of the answer of `DELETE /images/{name}`: either field.
@Json(caseInsensitiveKeys = true)
public record ImageDeleteItem(
        @Json.Property("Deleted") @Nullable String deleted,
        @Json.Property("Untagged") @Nullable String untagged) {}
