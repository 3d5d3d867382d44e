package dev.carafe.images;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which unused images a prune takes.
///
/// @param danglingOnly false takes tagged ones too
/// @param until only images created before this moment
/// @param labels `key` or `key=value`, all must be there
/// @param withoutLabels `key` or `key=value`, none may be there
public record PruneFilter(
        boolean danglingOnly, @Nullable Instant until, List<String> labels, List<String> withoutLabels) {
    public static final PruneFilter DANGLING = new PruneFilter(true, null, List.of(), List.of());
}
