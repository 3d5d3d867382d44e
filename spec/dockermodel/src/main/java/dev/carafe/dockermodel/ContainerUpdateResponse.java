package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;

/// Answer of `POST /containers/{id}/update`.
@Json(caseInsensitiveKeys = true)
public record ContainerUpdateResponse(@Json.Property("Warnings") List<String> warnings) {}
