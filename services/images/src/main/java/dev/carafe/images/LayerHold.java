package dev.carafe.images;

import dev.carafe.snapshots.ChainId;
import java.util.HashSet;
import java.util.Set;

/// Keeps layers from being removed as unused while an image is being put together from them.
/// Closing it removes those that no image ended up using. In memory only. Thread-safe.
public final class LayerHold implements AutoCloseable {
    private final StoreLayers layers;
    private final Set<ChainId> held = new HashSet<>();

    LayerHold(StoreLayers layers) {
        this.layers = layers;
    }

    /// Keeps the layer, there already or not.
    public void keep(ChainId layer) {
        synchronized (held) {
            if (held.add(layer)) {
                layers.hold(layer);
            }
        }
    }

    @Override
    public void close() {
        synchronized (held) {
            layers.release(held);
            held.clear();
        }
    }
}
