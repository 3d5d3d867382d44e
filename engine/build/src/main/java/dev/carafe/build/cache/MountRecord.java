package dev.carafe.build.cache;

import io.avaje.jsonb.Json;
import java.time.Instant;

/// The file of one cache mount: `<key>.json` beside its folder `<key>`.
///
/// @param version of this format
/// @param key hex digits
/// @param id as the Dockerfile names it
@Json
public record MountRecord(
        int version, String key, String id, Instant created, Instant lastUsed, int uses) {
    static final int VERSION = 1;

    MountRecord usedAt(Instant moment) {
        return new MountRecord(version, key, id, created, moment, uses + 1);
    }
}
