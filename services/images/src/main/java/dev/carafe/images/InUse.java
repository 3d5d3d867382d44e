package dev.carafe.images;

import dev.carafe.oci.Digest;
import java.util.List;

/// Tells which containers use an image; whoever keeps containers answers it, at the moment of the
/// question.
@FunctionalInterface
public interface InUse {
    /// Nobody keeps containers.
    InUse NOBODY = image -> List.of();

    /// The containers made from the image, running ones first.
    List<User> users(Digest image);

    /// @param containerId all 64 digits
    /// @param running true also for a paused or restarting one
    record User(String containerId, boolean running) {}
}
