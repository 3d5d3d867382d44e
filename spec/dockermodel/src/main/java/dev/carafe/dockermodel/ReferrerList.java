package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;

/// Answer of `GET /carafe/referrers/{name}`, which is no request of docker's.
///
/// @param subject digest of the manifest or index that the others refer to
@Json(caseInsensitiveKeys = true)
public record ReferrerList(
        @Json.Property("Subject") String subject,
        @Json.Property("Referrers") List<Referrer> referrers) {

    /// @param size of the manifest in bytes
    /// @param artifactType empty when the registry tells none
    @Json(caseInsensitiveKeys = true)
    public record Referrer(
            @Json.Property("MediaType") String mediaType,
            @Json.Property("Digest") String digest,
            @Json.Property("Size") long size,
            @Json.Property("ArtifactType") String artifactType,
            @Json.Property("Annotations") Map<String, String> annotations) {}
}
