/// Blobs by digest, on disk: what images consist of, as the exact bytes that were received.
///
/// A blob comes in through an {@link Ingest}, becomes visible only whole, verified and durable, and
/// is never changed. Who brings blobs in holds a {@link Lease}, so that garbage collection leaves
/// them alone until something refers to them. What a blob means (manifest, configuration, layer)
/// and who refers to it is the business of `images`. Start at {@link ContentStore}.
@NullMarked
package dev.carafe.content;

import org.jspecify.annotations.NullMarked;
