/// The requests of the specification, one class for each kind of thing. Start at {@link Routes}.
@NullMarked
package dev.carafe.registryserver.routes;

import org.jspecify.annotations.NullMarked;
