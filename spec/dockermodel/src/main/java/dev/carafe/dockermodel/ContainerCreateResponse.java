package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;

/// Answer of `POST /containers/create`.
@Json(caseInsensitiveKeys = true)
public record ContainerCreateResponse(
        @Json.Property("Id") String id, @Json.Property("Warnings") List<String> warnings) {}
