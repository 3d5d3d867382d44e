package dev.carafe.build;

import dev.carafe.build.cache.UsedStep;
import dev.carafe.build.steps.Material;
import dev.carafe.oci.Digest;
import dev.carafe.oci.Platform;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one build made for one platform.
///
/// @param id the image's
/// @param steps all that were needed, in the order in which each stage took them
/// @param materials what it was made of
/// @param epoch no file of its own layers is younger (SOURCE_DATE_EPOCH); null for none
public record Built(
        Platform platform,
        Digest id,
        List<UsedStep> steps,
        List<Material> materials,
        @Nullable Instant epoch) {
    public Built {
        steps = List.copyOf(steps);
        materials = List.copyOf(materials);
    }
}
