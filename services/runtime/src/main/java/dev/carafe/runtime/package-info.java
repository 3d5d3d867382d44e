/// Containers as processes: the OCI runtime's verbs on a {@link dev.carafe.oci.runtime.Spec}.
///
/// Belongs here: create, start, exec, kill, pause, delete, finding containers again after the
/// daemon died; which system calls make a container, in which order. Does not belong here: what a
/// container is configured to be (that is `engine`), images and layers (`images`, `snapshots`),
/// addresses (`network`), single kernel interfaces (`linux`). Start with {@link
/// dev.carafe.runtime.ContainerRuntime}; the order of steps is in `ContainerPlan`.
@NullMarked
package dev.carafe.runtime;

import org.jspecify.annotations.NullMarked;
