package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;

/// Answer of `GET /containers/{id}/top`.
@Json(caseInsensitiveKeys = true)
public record TopResponse(
        @Json.Property("Processes") List<List<String>> processes,
        @Json.Property("Titles") List<String> titles) {}
