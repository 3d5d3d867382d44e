package dev.carafe.images;

import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.Platform;
import dev.carafe.snapshots.ChainId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An image as it was when asked for; a later tag or removal makes a new one.
///
/// @param id digest of the configuration blob
/// @param repoTags familiar names with tag (`busybox:latest`), sorted; empty when the image is
///   dangling
/// @param repoDigests familiar names with digest (`busybox@sha256:...`), sorted
/// @param sizeBytes of the regular files of all layers
/// @param created from the configuration; the epoch's start when it says nothing
/// @param manifest of the manifest blob in the content store
/// @param layers chain ids, lowest first; empty for an image without layers
/// @param lastTagged when a name was last given to it here, or when it came in
/// @param parent the image that it was made of here, while that is there
public record Image(
        Digest id,
        ImageConfig config,
        List<String> repoTags,
        List<String> repoDigests,
        long sizeBytes,
        Instant created,
        Descriptor manifest,
        List<ChainId> layers,
        Instant lastTagged,
        @Nullable Digest parent) {
    public Image {
        repoTags = List.copyOf(repoTags);
        repoDigests = List.copyOf(repoDigests);
        layers = List.copyOf(layers);
    }

    /// The chain that a container's root stands on; empty for an image without layers.
    public Optional<ChainId> topLayer() {
        return layers.isEmpty() ? Optional.empty() : Optional.of(layers.getLast());
    }

    /// The same as {@link #topLayer}, or null: what `Snapshotter.prepare` takes.
    public @Nullable ChainId top() {
        return layers.isEmpty() ? null : layers.getLast();
    }

    /// The same image with other names shown.
    public Image named(List<String> tags, List<String> digests) {
        return new Image(
                id,
                config,
                tags,
                digests,
                sizeBytes,
                created,
                manifest,
                layers,
                lastTagged,
                parent);
    }

    /// What it runs on.
    public Platform platform() {
        return new Platform(config.architecture(), config.os(), null, null, config.variant());
    }

    /// This image, when it is for the platform.
    ///
    /// @param reference by which it was asked for
    /// @param wanted null for any
    /// @throws NotFound in docker's words
    public Image on(String reference, @Nullable Platform wanted) {
        if (wanted != null && !platform().fits(wanted)) {
            throw new NotFound(
                    new Subject("image", reference),
                    "image with reference %s was found but its platform (%s) does not match the specified platform (%s)"
                            .formatted(reference, platform(), wanted));
        }
        return this;
    }

    /// True when no tag leads to it.
    public boolean dangling() {
        return repoTags.isEmpty();
    }
}
