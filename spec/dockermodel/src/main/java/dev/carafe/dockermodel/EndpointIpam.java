package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Addresses asked for.
@Json(caseInsensitiveKeys = true)
public record EndpointIpam(
        @Json.Property("IPv4Address") @Nullable String ipv4Address,
        @Json.Property("IPv6Address") @Nullable String ipv6Address,
        @Json.Property("LinkLocalIPs") @Nullable List<String> linkLocalIps) {}
