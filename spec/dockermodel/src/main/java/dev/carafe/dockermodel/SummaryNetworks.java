package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The networks of a {@link ContainerSummary}.
@Json(caseInsensitiveKeys = true)
public record SummaryNetworks(
        @Json.Property("Networks") @Nullable Map<String, EndpointSettings> networks) {}
