/// The containers that images travel in: tar and its compressions. Knows nothing of images. Start
/// at {@link TarReader}, {@link TarWriter} and {@link Compression}.
@NullMarked
package dev.carafe.images.archive;

import org.jspecify.annotations.NullMarked;
