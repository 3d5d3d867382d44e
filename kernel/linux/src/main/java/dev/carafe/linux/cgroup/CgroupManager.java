package dev.carafe.linux.cgroup;

import java.util.Optional;
import java.util.Set;

/// Makes and finds control groups on this machine. Thread-safe.
///
/// The life of a group: {@link #create} makes the directories and writes the limits; the
/// container's first process joins by {@link Cgroup#joinFds} or is born inside by {@link
/// Cgroup#cloneInto}; after a restart of the daemon {@link #find} gives it back; {@link
/// Cgroup#delete} removes it once it has no process left.
public interface CgroupManager {
    /// How the machine mounts its control groups.
    enum Layout {
        /// Every controller on version 1.
        V1,
        /// Controllers on version 1, and a version 2 tree beside them.
        HYBRID,
        /// Version 2 alone.
        V2
    }

    /// Makes the group with these limits; parents are made as needed. Nothing is left behind when
    /// it fails.
    ///
    /// @param path relative to the root of each hierarchy, e.g. `docker/0123abcd`
    /// @throws dev.carafe.linux.ErrnoException EEXIST when the group has processes already; or
    ///   naming the file and value the kernel refused
    Cgroup create(String path, CgroupLimits limits);

    /// An existing group; empty when no hierarchy has it.
    Optional<Cgroup> find(String path);

    Layout layout();

    /// The controllers that can be used, by the kernel's names: `memory`, `cpu`, `pids`, `blkio` or
    /// `io`...
    Set<String> controllers();

    /// Looks at the mounts of this process.
    ///
    /// @throws dev.carafe.base.Unavailable when no control groups are mounted
    static CgroupManager detect() {
        return Detection.detect();
    }
}
