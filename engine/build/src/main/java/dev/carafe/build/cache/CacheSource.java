package dev.carafe.build.cache;

import dev.carafe.snapshots.ChainId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Steps that were made elsewhere, and their layers (`--cache-from`). Asked where this machine's
/// own cache knows nothing. Thread-safe; calls may block while something is fetched.
public interface CacheSource {
    /// What that step made, as {@link CacheRecord#key} names it.
    Optional<CacheRecord> find(String key);

    /// Brings the layer of a record that {@link #find} gave into the snapshotter.
    ///
    /// @param parent what the layer is applied on; null for nothing
    /// @return whether it is there now; without it the step is done anew
    boolean bring(CacheRecord record, @Nullable ChainId parent);
}
