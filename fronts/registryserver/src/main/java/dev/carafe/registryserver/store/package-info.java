/// What is kept: which repository has which blobs, manifests and tags. Start at {@link Shelves}.
@NullMarked
package dev.carafe.registryserver.store;

import org.jspecify.annotations.NullMarked;
