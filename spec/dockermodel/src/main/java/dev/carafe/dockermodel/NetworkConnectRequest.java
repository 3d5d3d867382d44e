package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// Body of `POST /networks/{id}/connect`.
@Json(caseInsensitiveKeys = true)
public record NetworkConnectRequest(
        @Json.Property("Container") @Nullable String container,
        @Json.Property("EndpointConfig") @Nullable EndpointSettings endpointConfig) {}
