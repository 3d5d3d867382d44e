package dev.carafe.build.solve;

import dev.carafe.build.cache.BuildCache;
import dev.carafe.build.git.KnownHosts;
import dev.carafe.build.steps.ImagePuller;
import dev.carafe.build.steps.StepRunner;
import dev.carafe.images.ImageStore;
import dev.carafe.snapshots.Snapshotter;
import java.nio.file.Path;

/// What builds are done with.
///
/// @param mounts folder for files that steps get
/// @param secrets where secrets lie while steps need them
/// @param hosts whose ssh keys are known
/// @param foreign base images for other platforms
public record Services(
        ImageStore images,
        Snapshotter snapshots,
        StepRunner runner,
        ImagePuller puller,
        BuildCache cache,
        Path mounts,
        SecretFolder secrets,
        KnownHosts hosts,
        ForeignBases foreign) {}
