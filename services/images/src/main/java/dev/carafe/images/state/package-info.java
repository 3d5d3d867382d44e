/// The image store's own files: which images there are and what they are called. Start at {@link
/// Catalog}.
@NullMarked
package dev.carafe.images.state;

import org.jspecify.annotations.NullMarked;
