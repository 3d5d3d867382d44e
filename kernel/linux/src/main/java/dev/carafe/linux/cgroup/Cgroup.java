package dev.carafe.linux.cgroup;

import dev.carafe.linux.Fd;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One control group, in every hierarchy it is in. Thread-safe; holds no descriptors.
public interface Cgroup {
    /// The path it was made with.
    String path();

    /// Where it is mounted: controller name (or `name=systemd`; `unified` for version 2) ->
    /// directory.
    Map<String, String> directories();

    /// The files a process joins by writing `0` to each: the writer's thread moves. Version 1's
    /// `tasks`; the process must be single-threaded, for `tasks` skips the lock that `cgroup.procs`
    /// takes (some 8 ms faster). Empty on version 2. The caller closes them.
    List<Fd> joinFds();

    /// The directory for clone3(2) with CLONE_INTO_CGROUP; empty when version 2 is not needed. The
    /// caller closes it.
    Optional<Fd> cloneInto();

    /// Moves a process in, with all its threads: for processes that run already.
    void add(int pid);

    /// Changes the limits that are given, leaves the others.
    void update(CgroupLimits limits);

    /// Stops all its processes; returns when they stand still.
    ///
    /// @throws dev.carafe.linux.ErrnoException ETIMEDOUT when they did not in time; then they run
    ///   again
    void freeze();

    void thaw();

    boolean isFrozen();

    /// Every process in it and in the groups below, in this process's pid namespace.
    List<Integer> pids();

    /// Sends SIGKILL to every process, until there is none; a frozen group is thawed.
    ///
    /// @throws dev.carafe.linux.ErrnoException ETIMEDOUT when some are left after 10 seconds
    void kill();

    CgroupStats stats();

    /// How often the kernel's OOM killer killed in it.
    long oomKills();

    /// A descriptor that becomes readable when the group runs out of memory (spurious wake-ups
    /// happen: compare {@link #oomKills}); empty when memory is not controlled. The caller closes
    /// it.
    Optional<Fd> oomEvents();

    /// Removes the group and those below it. Retries for as long as processes that have just ended
    /// still count.
    ///
    /// @throws dev.carafe.linux.ErrnoException EBUSY when processes are left at the deadline
    void delete(Duration deadline);

    /// {@link #delete(Duration)} within 10 seconds; does nothing when it is gone.
    default void delete() {
        delete(Duration.ofSeconds(10));
    }
}
