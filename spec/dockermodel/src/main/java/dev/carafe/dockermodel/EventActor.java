package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.Map;

/// What an event is about; part of {@link EventMessage}.
@Json(caseInsensitiveKeys = true)
public record EventActor(
        @Json.Property("ID") String id,
        @Json.Property("Attributes") Map<String, String> attributes) {}
