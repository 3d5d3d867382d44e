package dev.carafe.build;

import dev.carafe.build.cache.UsedStep;
import dev.carafe.oci.Digest;
import dev.carafe.oci.Platform;
import java.util.List;

/// What one build made for one platform.
///
/// @param id the image's
/// @param steps all that were needed, in the order in which each stage took them
public record Built(Platform platform, Digest id, List<UsedStep> steps) {
    public Built {
        steps = List.copyOf(steps);
    }
}
