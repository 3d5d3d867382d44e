/// The OCI image specification as records: digests, descriptors, manifests, indexes,
/// configurations, and image references with docker's defaults. No I/O: bytes in, records out.
///
/// Blobs are addressed by the digest of their exact bytes. So what was received is kept byte for
/// byte, and the records here are for reading it and for writing *new* documents, never for
/// rewriting received ones. Start at {@link ImageReference} (names), {@link Manifest} (what an
/// image consists of) and {@link OciJson} (bytes to records). The runtime specification is in
/// `dev.carafe.oci.runtime`.
@NullMarked
package dev.carafe.oci;

import org.jspecify.annotations.NullMarked;
