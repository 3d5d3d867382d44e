package dev.carafe.buildkit.export;

import dev.carafe.build.Built;
import dev.carafe.build.cache.UsedStep;
import dev.carafe.images.Image;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The layers of an image that a build has made itself with a bound of their times
/// (SOURCE_DATE_EPOCH): not those of its base.
///
/// @param epoch null for no bound
/// @param layers chain ids
public record RewrittenLayers(@Nullable Instant epoch, Set<String> layers) {
    private static final String NOTE = "buildkit/rewritten-timestamp";

    public RewrittenLayers {
        layers = Set.copyOf(layers);
    }

    public static RewrittenLayers of(Built built) {
        Set<String> made =
                built.steps().stream()
                        .filter(UsedStep::ofTarget)
                        .map(step -> step.record().layerOrEmpty())
                        .collect(Collectors.toSet());
        return new RewrittenLayers(built.epoch(), made);
    }

    boolean isBound() {
        return epoch != null;
    }

    /// What BuildKit notes beside each layer whose times it has rewritten.
    ///
    /// @return by the layers' places in the image
    List<Map<String, String>> notes(Image image) {
        return epoch == null
                ? List.of()
                : image.layers().stream()
                        .map(layer ->
                                layers.contains(layer.toString())
                                        ? Map.of(NOTE, Long.toString(epoch.getEpochSecond()))
                                        : Map.<String, String>of())
                        .toList();
    }
}
