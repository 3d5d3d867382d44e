package dev.carafe.buildkit.cache;

import dev.carafe.build.cache.CacheRecord;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import org.jspecify.annotations.Nullable;

/// A step of a cache elsewhere.
///
/// @param layer null when it made none
record ImportedStep(CacheRecord record, @Nullable Layer layer) {
    /// @param blob where the cache has it, plain or compressed
    /// @param diffId of the plain tar
    record Layer(Descriptor blob, Digest diffId) {}
}
