/// Volumes of the `local` driver, and what a container's mounts are made of.
///
/// Belongs here: where volumes lie, who may remove them, how binds and mounts of a request are
/// read. Does not belong here: mounting (`runtime`). Start with {@link
/// dev.carafe.engine.volumes.Volumes}.
@NullMarked
package dev.carafe.engine.volumes;

import org.jspecify.annotations.NullMarked;
