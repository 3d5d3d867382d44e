package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Options of a {@link Mount} of type tmpfs.
@Json(caseInsensitiveKeys = true)
public record TmpfsOptions(
        @Json.Property("SizeBytes") @Nullable Long sizeBytes,
        @Json.Property("Mode") @Nullable Integer mode,
        @Json.Property("Options") @Nullable List<List<String>> options) {}
