package dev.carafe.engine.view;

import org.jspecify.annotations.Nullable;

/// One row of a list of containers.
///
/// @param sizes null unless asked for
public record ContainerSummary(ContainerView container, @Nullable Sizes sizes) {
    /// @param writableBytes of the container's own layer
    /// @param rootBytes of all its layers
    public record Sizes(long writableBytes, long rootBytes) {}
}
