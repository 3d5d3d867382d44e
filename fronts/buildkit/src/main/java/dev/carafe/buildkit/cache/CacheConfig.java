package dev.carafe.buildkit.cache;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a cache holds, as BuildKit writes it (`application/vnd.buildkit.cacheconfig.v0`).
///
/// @param layers each names the one below it by its place, -1 for none
@Json
record CacheConfig(List<Layer> layers, List<Step> records) {
    static final String TYPE = "application/vnd.buildkit.cacheconfig.v0";

    /// The member of an image's configuration with the records of the cache in it, in base64.
    static final String INLINE = "moby.buildkit.cache.v0";

    CacheConfig {
        layers = layers == null ? List.of() : List.copyOf(layers);
        records = records == null ? List.of() : List.copyOf(records);
    }

    /// @param blob digest
    @Json
    record Layer(String blob, int parent, @Nullable Notes annotations) {}

    @Json
    record Notes(
            @Nullable String mediaType,
            @Nullable String diffID,
            long size,
            @Nullable Instant createdAt) {}

    /// @param digest the step's key
    /// @param step what only this engine writes, and needs
    @Json
    record Step(@Nullable List<Result> layers, String digest, @Nullable Made step) {
        /// The hex digits of the digest.
        String key() {
            return digest.substring(digest.indexOf(':') + 1);
        }
    }

    /// What a step made.
    ///
    /// @param parent id of the state that it ran on
    /// @param chain id of its layer's chain, null for none
    /// @param bytes of its layer's files
    @Json
    record Made(Instant createdAt, @Nullable String parent, @Nullable String chain, long bytes) {}

    /// @param layer its place
    @Json
    record Result(int layer, @Nullable Instant createdAt) {}
}
