package dev.carafe.build.solve;

import dev.carafe.build.context.BuildContext;
import dev.carafe.build.dockerfile.Dockerfile;
import dev.carafe.images.LayerHold;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One build, as its steps see it.
///
/// @param epoch SOURCE_DATE_EPOCH, null for none
record Job(
        Services services,
        SolveOptions options,
        Dockerfile file,
        BuildPlan plan,
        BuildContext context,
        LayerHold hold,
        Cancellation cancellation,
        Clock clock,
        @Nullable Instant epoch) {
    /// The time that an image made now tells.
    Instant now() {
        return epoch == null ? clock.instant() : epoch;
    }

    String epochText() {
        return epoch == null ? "" : epoch.toString();
    }
}
