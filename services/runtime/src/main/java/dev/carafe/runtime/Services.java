package dev.carafe.runtime;

import dev.carafe.linux.EventLoop;
import dev.carafe.linux.Fd;
import dev.carafe.linux.cgroup.CgroupManager;
import dev.carafe.runtime.plan.LaunchPlan;
import dev.carafe.runtime.steps.KernelFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// What the parts of this runtime share.
///
/// @param nothing the host's /dev/null
/// @param monitors those that are not known to be gone
record Services(
        EventLoop loop,
        CgroupManager cgroups,
        LauncherFile launcher,
        UserNamespaces userNamespaces,
        SeccompFilters filters,
        KernelFacts kernel,
        Fd nothing,
        Set<Monitor> monitors)
        implements AutoCloseable {
    static Services make(
            EventLoop loop, CgroupManager cgroups, SeccompFilters filters, Fd nothing) {
        LauncherFile launcher = LauncherFile.make();
        return new Services(
                loop,
                cgroups,
                launcher,
                new UserNamespaces(launcher),
                filters,
                KernelFacts.probe(),
                nothing,
                ConcurrentHashMap.newKeySet());
    }

    Monitor monitor(
            String what,
            int pid,
            Fd pidfd,
            Monitor.Ends ends,
            Path runDir,
            @Nullable LaunchPlan plan,
            IntConsumer idMaps) {
        Monitor monitor =
                new Monitor(loop, what, pid, pidfd, ends, runDir, plan, idMaps, monitors::remove);
        monitors.add(monitor);
        return monitor;
    }

    @Override
    public void close() {
        List.copyOf(monitors).forEach(Monitor::abandon);
        userNamespaces.close();
        launcher.close();
        nothing.close();
    }
}
