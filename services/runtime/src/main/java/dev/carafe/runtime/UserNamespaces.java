package dev.carafe.runtime;

import dev.carafe.base.Internal;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Namespaces;
import dev.carafe.linux.Pipes;
import dev.carafe.linux.ProcFiles;
import dev.carafe.linux.Processes;
import dev.carafe.oci.runtime.Linux;
import dev.carafe.runtime.plan.LaunchPlan;
import dev.carafe.runtime.plan.Report;
import dev.carafe.runtime.steps.Descriptors;
import dev.carafe.runtime.steps.UserNamespacePlan;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// User namespaces that nobody lives in: they carry the id maps of idmapped mounts
/// (mount_setattr(2) MOUNT_ATTR_IDMAP). Each is made once, by a launcher that lives just long
/// enough for its maps to be written. Thread-safe.
final class UserNamespaces implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final LauncherFile launcher;
    private final Map<Maps, Fd> known = new ConcurrentHashMap<>();

    private record Maps(List<Linux.IdMapping> uids, List<Linux.IdMapping> gids) {}

    UserNamespaces(LauncherFile launcher) {
        this.launcher = launcher;
    }

    /// The namespace with these maps; it stays ours.
    ///
    /// @throws StartFailed when the kernel has no user namespaces, or no more of them
    Fd of(List<Linux.IdMapping> uids, List<Linux.IdMapping> gids) {
        return known.computeIfAbsent(new Maps(uids, gids), this::make);
    }

    private Fd make(Maps maps) {
        try (Preparation preparation = new Preparation();
                Pipes.Pipe report = Pipes.pipe()) {
            Descriptors descriptors = preparation.descriptors();
            descriptors.put(Descriptors.REPORT, report.write());
            Fd start = preparation.held().add(Pipes.eventfd(0, 0));
            descriptors.put(Descriptors.START, start);
            LaunchPlan plan = UserNamespacePlan.of(descriptors.highest());
            int pid = preparation.spawn(launcher, "id maps", plan);
            try (Fd pidfd = Processes.pidfdOpen(pid);
                    Deadline ignored = Deadline.killing(pidfd)) {
                report.write().close();
                awaitMade(report.read(), plan);
                ProcFiles.write("/proc/" + pid + "/uid_map", UserIds.map(maps.uids()));
                ProcFiles.write("/proc/" + pid + "/gid_map", UserIds.map(maps.gids()));
                return Namespaces.of(pid, "user");
            } finally {
                Processes.kill(pid, Processes.SIGKILL);
                Processes.waitPid(pid);
            }
        }
    }

    /// Kills a launcher that says nothing for long: then its end of the report is closed.
    private record Deadline(CompletableFuture<Void> kill) implements AutoCloseable {
        static Deadline killing(Fd pidfd) {
            return new Deadline(
                    CompletableFuture.runAsync(
                            () -> Processes.pidfdSendSignal(pidfd, Processes.SIGKILL),
                            CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS)));
        }

        @Override
        public void close() {
            kill.cancel(false);
        }
    }

    private static void awaitMade(Fd report, LaunchPlan plan) {
        byte[] record = new byte[Report.SIZE];
        if (Pipes.read(report, record) != Report.SIZE) {
            throw new Internal("the launcher of a user namespace ended early");
        }
        if (Report.parse(record) instanceof Report.Failed failed) {
            throw new StartFailed(plan.step(failed.step()).label(), failed.errno());
        }
    }

    @Override
    public void close() {
        known.values().forEach(Fd::close);
        known.clear();
    }
}
