package dev.carafe.images;

import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.snapshots.ChainId;
import dev.carafe.snapshots.LayerInfo;
import dev.carafe.snapshots.Snapshotter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The layers of a store, and who needs them: images, what is kept, and whoever holds some for a
/// while. Thread-safe by the store's lock.
final class StoreLayers {
    private final Object lock;
    private final Snapshotter snapshots;
    private final ImageViews views;
    private final KeptLayers kept;
    private final LayerKeeper keeper;

    StoreLayers(Object lock, Snapshotter snapshots, ImageViews views, KeptLayers kept) {
        this.lock = lock;
        this.snapshots = snapshots;
        this.views = views;
        this.kept = kept;
        this.keeper = new LayerKeeper(snapshots);
    }

    void hold(ChainId layer) {
        synchronized (lock) {
            keeper.hold(layer);
        }
    }

    void release(Collection<ChainId> layers) {
        synchronized (lock) {
            keeper.release(layers, needed());
        }
    }

    /// Keeps a layer although no image consists of it, also over restarts, until it is let go.
    void keep(ChainId layer) {
        synchronized (lock) {
            kept.add(layer);
        }
    }

    /// Ends {@link #keep}; the layer goes when nothing else needs it.
    void letGo(ChainId layer) {
        synchronized (lock) {
            kept.remove(layer);
            List<ChainId> chain = new ArrayList<>();
            for (Optional<LayerInfo> at = snapshots.layer(layer); at.isPresent(); ) {
                chain.add(at.get().chainId());
                ChainId parent = at.get().parent();
                at = parent == null ? Optional.empty() : snapshots.layer(parent);
            }
            removeUnused(chain);
        }
    }

    Set<ChainId> kept() {
        synchronized (lock) {
            return kept.all();
        }
    }

    /// The layers that images consist of.
    Set<ChainId> inUse() {
        synchronized (lock) {
            return views.layers();
        }
    }

    /// The layers that nobody needs; the upper before the lower ones.
    List<ChainId> unused() {
        synchronized (lock) {
            return keeper.unused(snapshots.list(), needed());
        }
    }

    /// Removes those that nobody needs, and answers which those were.
    List<ChainId> removeUnused(Collection<ChainId> candidates) {
        synchronized (lock) {
            return keeper.removeUnused(candidates, needed());
        }
    }

    private Set<ChainId> needed() {
        Set<ChainId> needed = views.layers();
        needed.addAll(kept.all());
        return needed;
    }

    /// @throws NotFound when it is not there
    LayerInfo get(ChainId layer) {
        return snapshots
                .layer(layer)
                .orElseThrow(() ->
                        new NotFound(
                                new Subject("layer", layer.toString()),
                                "layer does not exist: " + layer));
    }
}
