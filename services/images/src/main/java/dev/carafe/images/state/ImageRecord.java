package dev.carafe.images.state;

import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import io.avaje.jsonb.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The file of one image: `images/<hex>.json`.
///
/// @param version of this format
/// @param sizeBytes of the regular files of all layers
/// @param lastTagged when a name was last given to it, or when it came in
/// @param parent the image that it was made of here, or null
@Json
public record ImageRecord(
        int version,
        Digest id,
        Descriptor manifest,
        long sizeBytes,
        Instant lastTagged,
        @Nullable Digest parent) {
    public static final int VERSION = 1;

    public ImageRecord withParent(Digest image) {
        return new ImageRecord(version, id, manifest, sizeBytes, lastTagged, image);
    }

    public ImageRecord withLastTagged(Instant moment) {
        return new ImageRecord(version, id, manifest, sizeBytes, moment, parent);
    }
}
