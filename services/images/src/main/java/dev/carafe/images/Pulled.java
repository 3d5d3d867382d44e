package dev.carafe.images;

import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;

/// An image that was pulled.
///
/// @param name as asked for, with its tag or digest
/// @param digest of what the registry has under the name: manifest or index
/// @param id of the image here
/// @param newer false when the name led to this image before
public record Pulled(ImageReference name, Digest digest, Digest id, boolean newer) {
    /// Docker's last line of a pull.
    public String status() {
        return newer
                ? "Downloaded newer image for " + name.familiar()
                : "Image is up to date for " + name.familiar();
    }
}
