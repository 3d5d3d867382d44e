package dev.carafe.build.solve;

import dev.carafe.build.cache.UsedStep;
import dev.carafe.oci.Digest;
import java.util.List;

/// What a build made.
///
/// @param id the image's
public record Solved(Digest id, List<UsedStep> steps) {}
