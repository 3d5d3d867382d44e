package dev.carafe.build.cache;

import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which items a prune takes, and how far it goes.
///
/// @param maxBytes stop when no more than this is left; 0 for no bound
/// @param minFreeBytes stop when the disk has this much room; 0 for no bound
/// @param reservedBytes never go below this; 0 for no bound
/// @param unusedSince only those last used before; null for any
/// @param filter further conditions
public record PruneRules(
        long maxBytes,
        long minFreeBytes,
        long reservedBytes,
        @Nullable Instant unusedSince,
        Predicate<CacheItem> filter) {
    public static final PruneRules ALL = atMost(0);

    /// Down to a size; 0 for everything.
    public static PruneRules atMost(long bytes) {
        return new PruneRules(bytes, 0, 0, null, item -> true);
    }

    boolean takes(CacheItem item) {
        return !item.inUse()
                && (unusedSince == null || item.lastUsed().isBefore(unusedSince))
                && filter.test(item);
    }

    /// Down to how many bytes the cache is brought.
    ///
    /// @param now bytes that it takes now
    /// @param free bytes that the disk has
    long target(long now, long free) {
        long byRoom = minFreeBytes == 0 ? now : Math.max(0, now - Math.max(0, minFreeBytes - free));
        boolean onlyRoom = minFreeBytes > 0 && maxBytes == 0;
        return Math.max(reservedBytes, onlyRoom ? byRoom : Math.min(maxBytes, byRoom));
    }
}
