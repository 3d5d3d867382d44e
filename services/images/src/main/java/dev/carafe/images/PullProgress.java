package dev.carafe.images;

import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;

/// Hears how a pull gets on, always on the thread that pulls. What it throws ends the pull.
public interface PullProgress {
    /// A layer's way.
    enum Step {
        /// On the disk already.
        EXISTS,
        /// To be fetched; announced for every layer before the first begins.
        WAITING,
        DOWNLOADING,
        VERIFYING,
        DOWNLOADED,
        EXTRACTING,
        COMPLETE
    }

    /// The image was found in its registry.
    void found(ImageReference image);

    /// @param layer digest of the layer as the registry has it
    /// @param current bytes of it that are done; 0 where the step has no such measure
    /// @param total of these bytes
    void layer(Digest layer, Step step, long current, long total);

    /// Listens to nothing.
    PullProgress NONE =
            new PullProgress() {
                @Override
                public void found(ImageReference image) {}

                @Override
                public void layer(Digest layer, Step step, long current, long total) {}
            };
}
