/// The Docker Engine API over HTTP.
@NullMarked
package dev.carafe.dockerapi;

import org.jspecify.annotations.NullMarked;
