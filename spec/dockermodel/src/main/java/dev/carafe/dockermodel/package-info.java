/// Records of the Docker Engine API JSON. No I/O.
@NullMarked
package dev.carafe.dockermodel;

import org.jspecify.annotations.NullMarked;
