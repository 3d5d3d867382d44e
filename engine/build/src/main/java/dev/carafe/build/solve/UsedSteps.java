package dev.carafe.build.solve;

import dev.carafe.build.cache.CacheRecord;
import dev.carafe.build.cache.UsedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The steps of one build, by their stages. Thread-safe.
final class UsedSteps {
    private final Map<Integer, List<CacheRecord>> byStage = new TreeMap<>();

    synchronized void add(int stage, CacheRecord record) {
        byStage.computeIfAbsent(stage, none -> new ArrayList<>()).add(record);
    }

    /// @param below the target's stage and those that it stands on
    synchronized List<UsedStep> all(Set<Integer> below) {
        List<UsedStep> all = new ArrayList<>();
        byStage.forEach((stage, records) ->
                records.forEach(
                        record -> all.add(new UsedStep(stage, below.contains(stage), record))));
        return all;
    }
}
