package dev.carafe.snapshots;

import dev.carafe.oci.Digest;

/// A layer that is now on disk.
///
/// @param diffId sha256 of the uncompressed tar stream
/// @param bytes of its regular files
public record AppliedLayer(Digest diffId, ChainId chainId, long bytes) {}
