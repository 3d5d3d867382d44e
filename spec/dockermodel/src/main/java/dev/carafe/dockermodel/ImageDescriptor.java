package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// An OCI descriptor, since API 1.48.
@Json(caseInsensitiveKeys = true)
public record ImageDescriptor(
        @Json.Property("mediaType") String mediaType,
        @Json.Property("digest") String digest,
        @Json.Property("size") long size,
        @Json.Property("platform") @Nullable ImagePlatform platform) {}
