package dev.carafe.images.state;

import dev.carafe.oci.Digest;
import io.avaje.jsonb.Json;

/// The file of one name: `names/<sha256 of the full reference>.json`.
///
/// @param reference full form, `docker.io/library/busybox:latest`
@Json
public record NameRecord(int version, String reference, Digest image) {
    public static final int VERSION = 1;
}
