package dev.carafe.linux.cgroup;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Processes;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// Kills every process of a group one by one until none is left: for kernels without cgroup.kill.
final class Killing {
    static final Duration DEADLINE = Duration.ofSeconds(10);

    private Killing() {}

    /// @param hold keeps processes from forking, as far as it can be done at once
    /// @param thaw lets them go on, and so die
    static void killAll(String path, Supplier<List<Integer>> pids, Runnable hold, Runnable thaw) {
        boolean[] again = new boolean[1];
        boolean empty =
                Removal.await(
                        DEADLINE,
                        () -> {
                            if (again[0]) {
                                // the first round left some: one that forks faster than we kill
                                // must stand still
                                hold.run();
                            }
                            List<Integer> left = pids.get();
                            // pid 0 is a process this pid namespace can't see
                            left.stream()
                                    .filter(pid -> pid > 0)
                                    .forEach(pid -> Processes.kill(pid, Processes.SIGKILL));
                            thaw.run();
                            again[0] = true;
                            return left.isEmpty();
                        });
        if (!empty) {
            throw timeout(path, pids.get());
        }
    }

    static ErrnoException timeout(String path, List<Integer> left) {
        return new ErrnoException(
                "kill", Errno.ETIMEDOUT, "of cgroup " + path + " (processes " + left + ")");
    }
}
