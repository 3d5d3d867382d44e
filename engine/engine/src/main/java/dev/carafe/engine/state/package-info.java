/// The life of a container as a state machine: sealed states, events and the pure function between
/// them.
///
/// Belongs here: what may follow what. Does not belong here: doing it (the use cases), storing it
/// (`container`). Start with {@link dev.carafe.engine.state.ContainerState} and {@link
/// dev.carafe.engine.state.Transitions}.
@NullMarked
package dev.carafe.engine.state;

import org.jspecify.annotations.NullMarked;
