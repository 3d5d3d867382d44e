package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// Where a container's port is published. An empty HostPort = any free one.
@Json(caseInsensitiveKeys = true)
public record PortBinding(
        @Json.Property("HostIp") @Nullable String hostIp,
        @Json.Property("HostPort") @Nullable String hostPort) {}
