package dev.carafe.snapshots;

import dev.carafe.oci.Digest;
import org.jspecify.annotations.Nullable;

/// A layer that was unpacked and is in no chain yet ({@link Snapshotter#unpack}). Closing it
/// removes it unless it was placed. Not thread-safe.
public interface UnplacedLayer extends AutoCloseable {
    /// sha256 of its uncompressed tar stream.
    Digest diffId();

    /// Makes it a layer over `parent` (null for the lowest); it is durable when this returns. Once
    /// only. When the same layer is there already, that one is answered.
    ///
    /// @param arrival returns when the parent is there, or throws what this method then throws
    LayerInfo place(@Nullable ChainId parent, Runnable arrival);

    @Override
    void close();
}
