package dev.carafe.oci;

import dev.carafe.base.InvalidArgument;
import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A typed pointer to a blob (image-spec descriptor.md).
///
/// @param size of the blob in bytes
@Json
public record Descriptor(
        String mediaType,
        Digest digest,
        long size,
        @Nullable List<String> urls,
        @Nullable Map<String, String> annotations,
        @Nullable Platform platform,
        @Nullable String artifactType) {
    public Descriptor {
        mediaType = mediaType == null ? "" : mediaType;
        if (digest == null) {
            throw new InvalidArgument("descriptor without digest");
        }
        if (size < 0) {
            throw new InvalidArgument("descriptor of " + digest + " with a negative size");
        }
    }

    public static Descriptor of(String mediaType, Digest digest, long size) {
        return new Descriptor(mediaType, digest, size, null, null, null, null);
    }

    public Descriptor withAnnotations(Map<String, String> values) {
        return new Descriptor(mediaType, digest, size, urls, values, platform, artifactType);
    }

    public Descriptor withPlatform(@Nullable Platform value) {
        return new Descriptor(mediaType, digest, size, urls, annotations, value, artifactType);
    }

    /// The annotation's value, or null.
    public @Nullable String annotation(String key) {
        return annotations == null ? null : annotations.get(key);
    }
}
