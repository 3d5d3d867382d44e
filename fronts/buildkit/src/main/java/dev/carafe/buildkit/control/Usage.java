package dev.carafe.buildkit.control;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.BuildImage;
import dev.carafe.build.cache.CacheRecord;
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
        Predicate<CacheRecord> wanted = matching(request.getFilterList());
        return DiskUsageResponse.newBuilder()
                .addAllRecord(
                        builds.cache().list().stream().filter(wanted).map(this::record).toList())
                .build();
    }

    List<UsageRecord> prune(PruneRequest request) {
        Map<String, UsageRecord> before = new HashMap<>();
        builds.cache().list().forEach(r -> before.put(r.key(), record(r)));
        Predicate<CacheRecord> wanted = matching(request.getFilterList());
        boolean all = request.getAll();
        Instant unusedSince =
                request.getKeepDuration() == 0
                        ? null
                        : Instant.now().minus(Duration.ofNanos(request.getKeepDuration()));
        var pruned =
                builds.prune(
                        new PruneRules(
                                Math.max(request.getReservedSpace(), request.getMaxUsedSpace()),
                                unusedSince,
                                r -> wanted.test(r) && (all || !builds.cache().shared(r))));
        return pruned.keys().stream().filter(before::containsKey).map(before::get).toList();
    }

    private UsageRecord record(CacheRecord record) {
        return UsageRecord.newBuilder()
                .setId(record.key())
                .setSize(record.bytes())
                .addParents(record.parent())
                .setCreatedAt(Times.of(record.created()))
                .setLastUsedAt(Times.of(record.lastUsed()))
                .setUsageCount(record.uses())
                .setDescription(record.description())
                .setRecordType(record.type())
                .setShared(builds.cache().shared(record))
                .build();
    }

    /// Filters of containerd's kind: `id==x`, `type==regular`, `description~=text`.
    private static Predicate<CacheRecord> matching(List<String> filters) {
        return filters.stream().map(Usage::matching).reduce(Predicate::or).orElse(record -> true);
    }

    private static Predicate<CacheRecord> matching(String filter) {
        Predicate<CacheRecord> all = record -> true;
        for (String part : filter.split(",")) {
            String[] pair = part.split("==|~=", 2);
            if (pair.length < 2) {
                throw new InvalidArgument("invalid filter: " + filter);
            }
            boolean contains = part.contains("~=");
            all =
                    all.and(record -> {
                        String value = value(pair[0], record);
                        return contains ? value.contains(pair[1]) : value.equals(pair[1]);
                    });
        }
        return all;
    }

    private static String value(String name, CacheRecord record) {
        return switch (name) {
            case "id" -> record.key();
            case "type" -> record.type();
            case "description" -> record.description();
            case "parent", "parents" -> record.parent();
            default -> throw new InvalidArgument("unknown filter: " + name);
        };
    }
}
