/// A launch plan: system calls to be made by a process that is not this JVM, as an array in memory.
///
/// Belongs here: the form of a plan, its encoding for the launcher (`src/main/c/launcher.c`), its
/// printed form, and the records by which a running plan reports. Does not belong here: what a
/// container is (that is `steps`), starting the launcher (that is `runtime`). Start with {@link
/// dev.carafe.runtime.plan.LaunchPlan}.
@NullMarked
package dev.carafe.runtime.plan;

import org.jspecify.annotations.NullMarked;
