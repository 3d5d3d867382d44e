/// Documents that only registries know. Records only.
@NullMarked
package dev.carafe.registryserver.wire;

import org.jspecify.annotations.NullMarked;
