/// The containers of an engine: one owner each, its durable record, and the steps that bring it up
/// and down.
///
/// Belongs here: who may change a container and in which order things are made durable and
/// announced. Does not belong here: which moves are legal (`state`), what a process sees (`spec`),
/// streams and logs. Start with {@link dev.carafe.engine.container.Container} and {@link
/// dev.carafe.engine.container.Starter}.
@NullMarked
package dev.carafe.engine.container;

import org.jspecify.annotations.NullMarked;
