package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;

/// One registry's settings; part of {@link RegistryConfig}.
@Json(caseInsensitiveKeys = true)
public record IndexConfig(
        @Json.Property("Name") String name,
        @Json.Property("Mirrors") List<String> mirrors,
        @Json.Property("Secure") boolean secure,
        @Json.Property("Official") boolean official) {}
