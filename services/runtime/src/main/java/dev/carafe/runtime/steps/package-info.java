/// From a spec to a launch plan: which system calls make a container or join one, in which order,
/// and why.
///
/// Belongs here: every step of the launcher's processes (the monitor, a container's first process,
/// the joiner of an exec). Does not belong here: what this JVM does itself before and after,
/// descriptors included (that is `runtime`: here descriptors are numbers in the launcher). Start
/// with {@link dev.carafe.runtime.steps.ContainerPlan}; the order of its calls is the security of a
/// container.
@NullMarked
package dev.carafe.runtime.steps;

import org.jspecify.annotations.NullMarked;
