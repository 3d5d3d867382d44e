package dev.carafe.build.cache;

import java.time.Instant;

/// One thing that the cache holds, as `docker system df -v` and `docker builder prune` know it.
///
/// @param type BuildKit's name for the kind of thing: {@link #STEP} or {@link #MOUNT}
/// @param parent the id of the state that a step ran on, empty for none
/// @param inUse a step works with it now
/// @param shared an image holds its bytes, too
/// @param bytes that it takes
public record CacheItem(
        String id,
        String type,
        String parent,
        String description,
        boolean inUse,
        boolean shared,
        long bytes,
        Instant created,
        Instant lastUsed,
        int uses) {
    /// What a step made.
    public static final String STEP = "regular";

    /// The folder of a cache mount.
    public static final String MOUNT = "exec.cachemount";

    /// Bytes that are free when it is removed.
    public long ownBytes() {
        return shared ? 0 : bytes;
    }
}
