package dev.carafe.engine.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One row of a list of containers.
///
/// @param linkNames what other containers call it by their links: `/web/db`
/// @param sizes null unless asked for
public record ContainerSummary(
        ContainerView container, List<String> linkNames, @Nullable Sizes sizes) {
    /// @param writableBytes of the container's own layer
    /// @param rootBytes of all its layers
    public record Sizes(long writableBytes, long rootBytes) {}
}
