package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// A port in a list entry; PublicPort null = exposed only.
@Json(caseInsensitiveKeys = true)
public record Port(
        @Json.Property("IP") @Nullable String ip,
        @Json.Property("PrivatePort") int privatePort,
        @Json.Property("PublicPort") @Nullable Integer publicPort,
        @Json.Property("Type") String type) {}
