package dev.carafe.buildkit.control;

import dev.carafe.build.BuildImage;
import dev.carafe.build.cache.CacheItem;
import dev.carafe.build.cache.PruneRules;
import dev.carafe.buildkit.progress.Times;
import dev.carafe.buildkit.wire.control.DiskUsageRequest;
import dev.carafe.buildkit.wire.control.DiskUsageResponse;
import dev.carafe.buildkit.wire.control.PruneRequest;
import dev.carafe.buildkit.wire.control.UsageRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The build cache as `buildx du` and `buildx prune` see it.
final class Usage {
    private final BuildImage builds;

    Usage(BuildImage builds) {
        this.builds = builds;
    }

    DiskUsageResponse of(DiskUsageRequest request) {
        Predicate<CacheItem> wanted = UsageFilter.of(request.getFilterList());
        return DiskUsageResponse.newBuilder()
                .addAllRecord(
                        builds.cache().items().stream().filter(wanted).map(this::record).toList())
                .build();
    }

    List<UsageRecord> prune(PruneRequest request) {
        Map<String, UsageRecord> before = new HashMap<>();
        builds.cache().items().forEach(r -> before.put(r.id(), record(r)));
        Predicate<CacheItem> wanted = UsageFilter.of(request.getFilterList());
        boolean all = request.getAll();
        Instant unusedSince =
                request.getKeepDuration() == 0
                        ? null
                        : Instant.now().minus(Duration.ofNanos(request.getKeepDuration()));
        var pruned =
                builds.prune(
                        new PruneRules(
                                request.getMaxUsedSpace(),
                                request.getMinFreeSpace(),
                                request.getReservedSpace(),
                                unusedSince,
                                r -> wanted.test(r) && (all || !r.shared())));
        return pruned.keys().stream().filter(before::containsKey).map(before::get).toList();
    }

    private UsageRecord record(CacheItem record) {
        return UsageRecord.newBuilder()
                .setId(record.id())
                .setSize(record.bytes())
                .addParents(record.parent())
                .setCreatedAt(Times.of(record.created()))
                .setLastUsedAt(Times.of(record.lastUsed()))
                .setUsageCount(record.uses())
                .setDescription(record.description())
                .setRecordType(record.type())
                .setMutable(UsageFilter.isMutable(record))
                .setInUse(record.inUse())
                .setShared(record.shared())
                .build();
    }
}
