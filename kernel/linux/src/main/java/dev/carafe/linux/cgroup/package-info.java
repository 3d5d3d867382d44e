/// Control groups of both versions behind one interface: making a container's group, its limits,
/// freezing, killing, statistics, removal. Version 1 groups live in one directory per hierarchy and
/// are joined by writing `0` to each `tasks` file; a version 2 group is one directory joined by
/// CLONE_INTO_CGROUP. Where both are mounted (hybrid), a controller is used where the kernel has
/// it.
///
/// Not here: which limits a container gets (the engine decides), and the OCI names of them (the
/// runtime maps them). Start at {@link dev.carafe.linux.cgroup.CgroupManager}.
@NullMarked
package dev.carafe.linux.cgroup;

import org.jspecify.annotations.NullMarked;
