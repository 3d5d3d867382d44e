/// Image names, load, save, import, unpack.
@NullMarked
package dev.carafe.images;

import org.jspecify.annotations.NullMarked;
