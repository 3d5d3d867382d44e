package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The two host settings of a {@link ContainerSummary}.
@Json(caseInsensitiveKeys = true)
public record SummaryHostConfig(
        @Json.Property("NetworkMode") @Nullable String networkMode,
        @Json.Property("Annotations") @Nullable Map<String, String> annotations) {}
