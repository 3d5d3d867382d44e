package dev.carafe.images.state;

import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import io.avaje.jsonb.Json;
import java.util.List;

/// The file of one layer: `layers/<hex of the diff id>.json`: what it is called in registries.
@Json
public record LayerBlobRecord(int version, Digest diffId, List<Known> blobs) {
    public static final int VERSION = 1;

    /// @param repository full name, `docker.io/library/busybox`
    /// @param blob the layer as it is stored there
    @Json
    public record Known(String repository, Descriptor blob) {}
}
