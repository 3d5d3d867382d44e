/// What happened, to whom, in order.
///
/// Belongs here: the bus, its journal, its filters. Does not belong here: deciding that something
/// happened (the use cases). Start with {@link dev.carafe.engine.events.Event}.
@NullMarked
package dev.carafe.engine.events;

import org.jspecify.annotations.NullMarked;
