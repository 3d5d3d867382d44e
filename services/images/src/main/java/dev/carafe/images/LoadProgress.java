package dev.carafe.images;

import dev.carafe.oci.Digest;

/// Hears how a load gets on. Called from several threads, often; must return quickly and not throw.
@FunctionalInterface
public interface LoadProgress {
    /// Listens to nothing.
    LoadProgress NONE = (layer, current, total) -> {};

    /// @param layer diff id of the layer that is being unpacked
    /// @param current bytes of the stored (maybe compressed) layer that are done
    /// @param total of these bytes
    void layer(Digest layer, long current, long total);
}
