package dev.carafe.images;

import dev.carafe.oci.Descriptor;
import java.util.List;

/// Something that is said of an image beside it, in the same index: an attestation.
@FunctionalInterface
public interface Attachment {
    /// @param manifest leads to the image's
    Attached to(Descriptor manifest);

    /// What is said of one image.
    ///
    /// @param blobs the configuration and the layers of the manifest
    /// @param manifest as it is written
    /// @param listed leads to that manifest in the index
    record Attached(List<Part> blobs, byte[] manifest, Descriptor listed) {
        public Attached {
            blobs = List.copyOf(blobs);
        }
    }

    /// A small blob.
    record Part(String mediaType, byte[] bytes) {}
}
