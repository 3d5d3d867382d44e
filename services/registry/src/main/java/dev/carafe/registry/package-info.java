/// The client side of registries: who is asked (mirrors, http or https), who asks (credentials,
/// tokens), manifests and blobs both ways.
///
/// Bytes come out of here verified: a manifest has the digest that was asked for, a blob's stream
/// ends only when length and digest are right. Lost connections, overload and expired tokens are
/// dealt with here; what an image is made of and where it is kept is the business of `images`.
/// Start at {@link Registries}.
@NullMarked
package dev.carafe.registry;

import org.jspecify.annotations.NullMarked;
