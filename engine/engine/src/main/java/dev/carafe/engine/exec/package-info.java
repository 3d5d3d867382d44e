/// Further processes in running containers.
///
/// Belongs here: an exec's life from create to a while after its end. Does not belong here:
/// namespaces and confinement (`runtime`). Start with {@link dev.carafe.engine.exec.Execs}.
@NullMarked
package dev.carafe.engine.exec;

import org.jspecify.annotations.NullMarked;
