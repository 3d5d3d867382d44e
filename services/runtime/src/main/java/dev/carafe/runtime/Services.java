package dev.carafe.runtime;

import dev.carafe.linux.EventLoop;
import dev.carafe.linux.Fd;
import dev.carafe.linux.cgroup.CgroupManager;
import dev.carafe.runtime.steps.KernelFacts;

/// What the parts of this runtime share.
///
/// @param nothing the host's /dev/null
record Services(
        EventLoop loop,
        CgroupManager cgroups,
        LauncherFile launcher,
        SeccompFilters filters,
        KernelFacts kernel,
        Fd nothing) {}
