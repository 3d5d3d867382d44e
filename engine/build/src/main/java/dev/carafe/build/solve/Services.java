package dev.carafe.build.solve;

import dev.carafe.build.cache.StepCache;
import dev.carafe.build.steps.ImagePuller;
import dev.carafe.build.steps.StepRunner;
import dev.carafe.images.ImageStore;
import dev.carafe.snapshots.Snapshotter;
import java.nio.file.Path;

/// What builds are done with.
///
/// @param mounts folder of cache mounts
/// @param secrets where secrets lie while steps need them
public record Services(
        ImageStore images,
        Snapshotter snapshots,
        StepRunner runner,
        ImagePuller puller,
        StepCache cache,
        Path mounts,
        SecretFolder secrets) {}
