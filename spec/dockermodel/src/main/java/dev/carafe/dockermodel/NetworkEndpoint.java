package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;

/// A container in a network; part of {@link NetworkResource}.
@Json(caseInsensitiveKeys = true)
public record NetworkEndpoint(
        @Json.Property("Name") String name,
        @Json.Property("EndpointID") String endpointId,
        @Json.Property("MacAddress") String macAddress,
        @Json.Property("IPv4Address") String ipv4Address,
        @Json.Property("IPv6Address") String ipv6Address) {}
