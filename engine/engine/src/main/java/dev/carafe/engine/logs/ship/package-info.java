/// Services outside that take containers' logs.
@NullMarked
package dev.carafe.engine.logs.ship;

import org.jspecify.annotations.NullMarked;
