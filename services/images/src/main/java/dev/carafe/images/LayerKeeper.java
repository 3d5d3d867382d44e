package dev.carafe.images;

import dev.carafe.base.Conflict;
import dev.carafe.snapshots.ChainId;
import dev.carafe.snapshots.LayerInfo;
import dev.carafe.snapshots.Snapshotter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Decides which layers may go. A layer stays while an image consists of it, while somebody holds
/// it, and while a container's root stands on it (that the snapshotter knows). Not thread-safe: the
/// store's lock is held around it.
final class LayerKeeper {
    private final Snapshotter snapshots;
    private final Map<ChainId, Integer> holds = new HashMap<>();

    LayerKeeper(Snapshotter snapshots) {
        this.snapshots = snapshots;
    }

    void hold(ChainId layer) {
        holds.merge(layer, 1, Integer::sum);
    }

    /// Gives holds back, and removes what nobody needs now.
    void release(Collection<ChainId> layers, Set<ChainId> ofImages) {
        layers.forEach(layer ->
                holds.computeIfPresent(layer, (key, count) -> count == 1 ? null : count - 1));
        removeUnused(layers, ofImages);
    }

    /// Removes those layers that nothing needs, the upper before the lower ones; answers them in
    /// that order.
    List<ChainId> removeUnused(Collection<ChainId> candidates, Set<ChainId> ofImages) {
        Set<ChainId> left = unneeded(candidates, ofImages);
        List<ChainId> removed = new ArrayList<>();
        boolean progress = !left.isEmpty();
        while (progress) {
            progress = false;
            for (ChainId layer : List.copyOf(left)) {
                if (removed(layer)) {
                    left.remove(layer);
                    removed.add(layer);
                    progress = true;
                }
            }
        }
        return removed;
    }

    private Set<ChainId> unneeded(Collection<ChainId> candidates, Set<ChainId> ofImages) {
        return candidates.stream()
                .filter(layer -> !ofImages.contains(layer) && !holds.containsKey(layer))
                .collect(Collectors.toSet());
    }

    /// Those layers that {@link #removeUnused} would remove, in its order.
    List<ChainId> unused(Collection<ChainId> candidates, Set<ChainId> ofImages) {
        Set<ChainId> staying = new HashSet<>(snapshots.list());
        Set<ChainId> left = unneeded(candidates, ofImages);
        left.removeIf(snapshots::used);
        List<ChainId> unused = new ArrayList<>();
        for (boolean progress = true; progress; ) {
            Set<ChainId> parents = new HashSet<>();
            staying.forEach(
                    layer -> snapshots.layer(layer).map(LayerInfo::parent).ifPresent(parents::add));
            List<ChainId> next = left.stream().filter(layer -> !parents.contains(layer)).toList();
            unused.addAll(next);
            next.forEach(left::remove);
            next.forEach(staying::remove);
            progress = !next.isEmpty();
        }
        return unused;
    }

    /// False when a container's root or another layer stands on it: it goes with a later removal,
    /// or at the next open.
    private boolean removed(ChainId layer) {
        try {
            if (!snapshots.exists(layer)) {
                return false;
            }
            snapshots.remove(layer);
            return true;
        } catch (Conflict e) {
            return false;
        }
    }
}
