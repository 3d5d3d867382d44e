package dev.carafe.build.solve;

import dev.carafe.build.cache.UsedStep;
import dev.carafe.oci.Digest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a build made.
///
/// @param id the image's
/// @param epoch SOURCE_DATE_EPOCH, null for none
public record Solved(Digest id, List<UsedStep> steps, @Nullable Instant epoch) {}
