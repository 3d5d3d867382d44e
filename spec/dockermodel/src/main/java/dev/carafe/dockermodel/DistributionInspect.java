package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;

/// Answer of `GET /distribution/{name}/json`.
@Json(caseInsensitiveKeys = true)
public record DistributionInspect(
        @Json.Property("Descriptor") ImageDescriptor descriptor,
        @Json.Property("Platforms") List<ImagePlatform> platforms) {}
