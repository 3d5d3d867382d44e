package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An image's layers by their uncompressed digests; part of {@link ImageInspect}.
@Json(caseInsensitiveKeys = true)
public record ImageRootFs(
        @Json.Property("Type") String type,
        @Json.Property("Layers") @Nullable List<String> layers) {}
