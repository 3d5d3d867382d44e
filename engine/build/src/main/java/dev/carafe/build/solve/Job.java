package dev.carafe.build.solve;

import dev.carafe.build.client.BuildClient;
import dev.carafe.build.context.BuildContext;
import dev.carafe.build.dockerfile.Dockerfile;
import dev.carafe.build.steps.BuildWatcher;
import dev.carafe.build.steps.Cancellation;
import dev.carafe.images.LayerHold;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One build, as its steps see it.
///
/// @param files the context, brought here when it is first asked for
/// @param epoch SOURCE_DATE_EPOCH, null for none
record Job(
        Services services,
        SolveOptions options,
        Dockerfile file,
        BuildPlan plan,
        Supplier<BuildContext> files,
        BuildClient client,
        BuildWatcher watcher,
        LayerHold hold,
        Cancellation cancellation,
        Clock clock,
        UsedSteps used,
        @Nullable Instant epoch) {
    BuildContext context() {
        return files.get();
    }

    /// The time that an image made now tells.
    Instant now() {
        return epoch == null ? clock.instant() : epoch;
    }

    String epochText() {
        return epoch == null ? "" : epoch.toString();
    }
}
