package dev.carafe.snapshots.tree;

import java.util.List;
import java.util.Optional;

/// What lies below the layer that is being unpacked, merged.
public interface LowerTree {
    /// Nothing.
    LowerTree NONE =
            new LowerTree() {
                @Override
                public Optional<Attributes> directory(String path) {
                    return Optional.empty();
                }

                @Override
                public List<String> rootNames() {
                    return List.of();
                }
            };

    /// The attributes of a directory; empty when there is none at this path.
    ///
    /// @param path `usr/lib`, empty for the root
    Optional<Attributes> directory(String path);

    /// The names in the root.
    List<String> rootNames();
}
