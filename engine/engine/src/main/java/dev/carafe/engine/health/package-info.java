/// Asks containers whether they are well, at the times their configuration says.
///
/// Belongs here: when a check runs, how it is run and ended. Does not belong here: what a result
/// means (`state`, Health), running programs in containers (`exec`). Start with {@link
/// dev.carafe.engine.health.HealthChecks}.
@NullMarked
package dev.carafe.engine.health;

import org.jspecify.annotations.NullMarked;
