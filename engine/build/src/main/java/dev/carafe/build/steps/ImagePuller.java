package dev.carafe.build.steps;

import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Platform;
import dev.carafe.registry.Credentials;

/// Brings images from registries. Thread-safe.
@FunctionalInterface
public interface ImagePuller {
    /// Brings the image into the store, or the newest under that name where it is there.
    ///
    /// @param credentials for the image's registry
    /// @return the image's id; the name leads to it
    /// @throws dev.carafe.base.CarafeException when it can't be had
    Digest pull(
            ImageReference image, Platform platform, Credentials credentials, BuildOutput output);
}
