package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;

/// What a push made of a tag: `aux` of its last {@link ProgressMessage}.
@Json(caseInsensitiveKeys = true)
public record PushResult(
        @Json.Property("Tag") String tag,
        @Json.Property("Digest") String digest,
        @Json.Property("Size") int size) {}
