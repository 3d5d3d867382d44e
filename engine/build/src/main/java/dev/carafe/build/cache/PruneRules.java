package dev.carafe.build.cache;

import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which records a prune takes.
///
/// @param keepBytes stop when no more than this is left; 0 for no bound
/// @param unusedSince only those last used before; null for any
/// @param filter further conditions
public record PruneRules(
        long keepBytes, @Nullable Instant unusedSince, Predicate<CacheRecord> filter) {
    public static final PruneRules ALL = new PruneRules(0, null, r -> true);

    boolean takes(CacheRecord record) {
        return (unusedSince == null || record.lastUsed().isBefore(unusedSince))
                && filter.test(record);
    }
}
