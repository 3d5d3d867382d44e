package dev.carafe.registryserver.store;

import dev.carafe.oci.Digest;

/// A manifest or index with its exact bytes.
public record StoredManifest(Digest digest, String mediaType, byte[] bytes) {}
