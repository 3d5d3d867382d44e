package dev.carafe.buildkit.cache;

import dev.carafe.oci.Descriptor;
import dev.carafe.snapshots.LayerInfo;
import java.util.List;

/// Where a cache is written to.
interface CacheSink {
    /// @return the layers as they are there now, in the same order
    List<Descriptor> layers(List<LayerInfo> layers);

    Descriptor document(String mediaType, byte[] bytes);

    /// The document that the cache's name leads to.
    Descriptor top(String mediaType, byte[] bytes);
}
