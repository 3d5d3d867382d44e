/// Blobs by digest.
@NullMarked
package dev.carafe.content;

import org.jspecify.annotations.NullMarked;
