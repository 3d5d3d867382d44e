/// Answers of registries and token servers as records.
@NullMarked
package dev.carafe.registry.wire;

import org.jspecify.annotations.NullMarked;
