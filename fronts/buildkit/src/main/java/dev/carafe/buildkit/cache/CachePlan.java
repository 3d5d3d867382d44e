package dev.carafe.buildkit.cache;

import dev.carafe.build.cache.CacheRecord;
import dev.carafe.build.cache.UsedStep;
import dev.carafe.oci.Descriptor;
import dev.carafe.snapshots.ChainId;
import dev.carafe.snapshots.LayerInfo;
import dev.carafe.snapshots.Snapshotter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which steps of a build go into a cache elsewhere, and the layers that they made.
///
/// @param layers each once
record CachePlan(List<CacheRecord> steps, List<LayerInfo> layers) {
    /// @param all every step of every stage (`mode=max`), or those that the results stand on
    static CachePlan of(Collection<UsedStep> used, boolean all, Snapshotter snapshots) {
        Map<String, CacheRecord> records = new LinkedHashMap<>();
        for (UsedStep step : used) {
            if (all || step.ofTarget()) {
                records.putIfAbsent(step.record().key(), step.record());
            }
        }
        return of(records.values(), snapshots);
    }

    private static CachePlan of(Collection<CacheRecord> records, Snapshotter snapshots) {
        Map<ChainId, LayerInfo> layers = new LinkedHashMap<>();
        List<CacheRecord> there = new ArrayList<>();
        for (CacheRecord record : records) {
            Optional<ChainId> chain = chain(record);
            Optional<LayerInfo> layer = chain.flatMap(snapshots::layer);
            layer.ifPresent(info -> layers.putIfAbsent(info.chainId(), info));
            if (chain.isEmpty() || layer.isPresent()) {
                there.add(record);
            }
        }
        return new CachePlan(there, List.copyOf(layers.values()));
    }

    private static Optional<ChainId> chain(CacheRecord record) {
        return Optional.ofNullable(record.layer()).map(ChainId::parse);
    }

    /// @param blobs of the layers, in their order
    CacheConfig config(List<Descriptor> blobs) {
        List<ChainId> chains = layers.stream().map(LayerInfo::chainId).toList();
        List<CacheConfig.Layer> entries = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            LayerInfo layer = layers.get(i);
            Descriptor blob = blobs.get(i);
            ChainId parent = layer.parent();
            entries.add(
                    new CacheConfig.Layer(
                            blob.digest().toString(),
                            parent == null ? -1 : chains.indexOf(parent),
                            new CacheConfig.Notes(
                                    blob.mediaType(),
                                    layer.diffId().toString(),
                                    blob.size(),
                                    null)));
        }
        return new CacheConfig(entries, records(chains));
    }

    /// @param chains the layers that the records' places count in
    List<CacheConfig.Step> records(List<ChainId> chains) {
        List<CacheConfig.Step> records = new ArrayList<>();
        for (CacheRecord step : steps) {
            Optional<Integer> place = chain(step).map(chains::indexOf);
            if (place.isPresent() && place.get() < 0) {
                continue;
            }
            List<CacheConfig.Result> results =
                    place.map(at -> List.of(new CacheConfig.Result(at, step.created())))
                            .orElse(null);
            records.add(
                    new CacheConfig.Step(
                            results,
                            "sha256:" + step.key(),
                            new CacheConfig.Made(
                                    step.created(), step.parent(), step.layer(), step.bytes())));
        }
        return records;
    }
}
