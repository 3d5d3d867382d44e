package dev.carafe.runtime;

import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Pipes;
import dev.carafe.linux.Processes;
import dev.carafe.linux.SpawnRequest;
import dev.carafe.linux.cgroup.Cgroup;
import dev.carafe.runtime.plan.LaunchPlan;
import dev.carafe.runtime.steps.Descriptors;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// What making a container and making an exec have in common: descriptors, cgroup files, starting
/// the launcher.
final class Preparation implements AutoCloseable {
    private static final int PLAN = 3;

    private final Held held = new Held();
    private final Descriptors descriptors = new Descriptors();

    /// Descriptors to be closed when the launcher has its own.
    Held held() {
        return held;
    }

    Descriptors descriptors() {
        return descriptors;
    }

    /// Passes a descriptor that is ours only until the launcher has it.
    int pass(Fd fd) {
        return descriptors.pass(held.add(fd));
    }

    /// The version 1 hierarchies' `tasks` files, by a word for messages.
    Map<String, Integer> groups(Cgroup cgroup) {
        Map<String, Integer> groups = new TreeMap<>();
        List<Fd> files = cgroup.joinFds();
        for (int i = 0; i < files.size(); i++) {
            groups.put((i + 1) + " of " + files.size(), pass(files.get(i)));
        }
        return groups;
    }

    @Nullable Integer groupDirectory(Cgroup cgroup) {
        return cgroup.cloneInto().map(this::pass).orElse(null);
    }

    /// Makes what we share with the monitor.
    Monitor.Ends ends(Stdio stdio, Path runDir) {
        Pipes.Pipe report = Pipes.pipe();
        held.add(report.write());
        Fd start = Pipes.eventfd(0, 0);
        Fd release = Pipes.eventfd(0, 0);
        Fd control = Pipes.eventfd(0, Pipes.EFD_NONBLOCK);
        descriptors.put(Descriptors.REPORT, report.write());
        descriptors.put(Descriptors.REPORT_READ, report.read());
        descriptors.put(Descriptors.START, start);
        descriptors.put(Descriptors.RELEASE, release);
        descriptors.put(Descriptors.CONTROL, control);
        descriptors.put(
                Descriptors.RUN_DIR,
                held.add(
                        FileSystem.open(
                                runDir.toString(), FileSystem.O_PATH | FileSystem.O_DIRECTORY)));
        return new Monitor.Ends(report.read(), start, release, control, stdio);
    }

    /// Passes what a launcher without a monitor needs.
    void bareEnds(Fd report, Fd start, Path runDir) {
        descriptors.put(Descriptors.REPORT, report);
        descriptors.put(Descriptors.START, start);
        descriptors.put(
                Descriptors.RUN_DIR,
                held.add(
                        FileSystem.open(
                                runDir.toString(), FileSystem.O_PATH | FileSystem.O_DIRECTORY)));
    }

    /// Starts the launcher on the plan and listens to what becomes the monitor.
    Monitor launch(
            Services services,
            String what,
            LaunchPlan plan,
            Monitor.Ends ends,
            Path runDir,
            IntConsumer idMaps) {
        int pid = spawn(services, what, plan);
        Fd pidfd = Processes.pidfdOpen(pid);
        Monitor monitor = services.monitor(what, pid, pidfd, ends, runDir, plan, idMaps);
        monitor.watch();
        return monitor;
    }

    /// Starts the launcher on the plan.
    ///
    /// @return its pid, a child of this process
    int spawn(Services services, String what, LaunchPlan plan) {
        return spawn(services.launcher(), what, plan);
    }

    int spawn(LauncherFile launcher, String what, LaunchPlan plan) {
        Map<Integer, Fd> map = new HashMap<>(descriptors.map());
        map.put(PLAN, held.add(plan.toMemfd()));
        int highest = Math.max(descriptors.highest(), Descriptors.FIRST_FREE);
        // a source below the highest target could be overwritten before it is duplicated
        map.replaceAll(
                (number, fd) -> fd.number() > highest ? fd : held.add(fd.dupAbove(highest + 1)));
        return Processes.spawn(
                new SpawnRequest(
                        launcher.path(highest, held),
                        List.of("carafe-monitor", what),
                        List.of(),
                        map,
                        true));
    }

    @Override
    public void close() {
        held.close();
    }
}
