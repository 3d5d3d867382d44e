package dev.carafe.snapshots;

import dev.carafe.oci.Digest;
import org.jspecify.annotations.Nullable;

/// What is known of a layer on disk.
///
/// @param parent the chain below, null for a lowest layer
/// @param bytes of its regular files
/// @param tarBytes length of its tar stream
public record LayerInfo(
        ChainId chainId, Digest diffId, @Nullable ChainId parent, long bytes, long tarBytes) {}
