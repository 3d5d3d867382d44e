/// The registry that a pull-through cache stands before. Start at {@link Upstream}.
@NullMarked
package dev.carafe.registryserver.upstream;

import org.jspecify.annotations.NullMarked;
