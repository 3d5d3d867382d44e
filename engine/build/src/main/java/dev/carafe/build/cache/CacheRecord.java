package dev.carafe.build.cache;

import io.avaje.jsonb.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The file of one step: `<key>.json`.
///
/// @param version of this format
/// @param key hex digits
/// @param parent the id of the state that the step ran on, empty for none
/// @param layer chain id of the layer that it made, null when it made none
/// @param bytes of that layer's files
/// @param created when the step ran
/// @param description what `docker history` shows
@Json
public record CacheRecord(
        int version,
        String key,
        String parent,
        @Nullable String layer,
        long bytes,
        Instant created,
        Instant lastUsed,
        int uses,
        String description) {
    public static final int VERSION = 1;

    /// As of a step that this machine has just learnt of.
    public CacheRecord asNew() {
        return new CacheRecord(
                VERSION, key, parent, layer, bytes, created, Instant.now(), 0, description);
    }

    CacheRecord usedAt(Instant moment) {
        return new CacheRecord(
                version, key, parent, layer, bytes, created, moment, uses + 1, description);
    }

    public String layerOrEmpty() {
        return layer == null ? "" : layer;
    }
}
