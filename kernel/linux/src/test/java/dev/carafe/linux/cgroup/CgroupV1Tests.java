package dev.carafe.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Processes;
import dev.carafe.linux.SpawnRequest;
import dev.carafe.linux.cgroup.CgroupLimits.BlockLimits;
import dev.carafe.linux.cgroup.CgroupLimits.CpuLimits;
import dev.carafe.linux.cgroup.CgroupLimits.MemoryLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/// What tests of version 1 groups share: a parent group of their own that is emptied and removed
/// after each.
@Timeout(60)
abstract class CgroupV1Tests {
    static final String PARENT = "carafe-test-" + ProcessHandle.current().pid();
    static final long MIB = 1 << 20;

    final CgroupManager manager = CgroupManager.detect();
    private final List<Integer> children = new ArrayList<>();

    @BeforeEach
    void needsVersion1() {
        Assumptions.assumeTrue(manager.layout() != CgroupManager.Layout.V2);
    }

    @AfterEach
    void cleanUp() {
        manager.find(PARENT)
                .ifPresent(parent -> {
                    parent.kill();
                    children.forEach(CgroupV1Tests::reap);
                    parent.delete();
                });
    }

    static CgroupLimits memory(long limit, Long swap) {
        return new CgroupLimits(
                new MemoryLimits(limit, swap, null, null, null, null),
                CpuLimits.NONE,
                null,
                BlockLimits.NONE,
                List.of(),
                Map.of(),
                Map.of());
    }

    /// Starts a shell that joins the group as a launch plan does, and waits until it has.
    int spawnInside(Cgroup cgroup, String script) {
        StringBuilder join = new StringBuilder();
        List<Fd> fds = cgroup.joinFds();
        try (Fd none = FileSystem.open("/dev/null", FileSystem.O_RDWR)) {
            Map<Integer, Fd> descriptors = new HashMap<>(Map.of(0, none, 1, none, 2, none));
            List<Fd> moved = new ArrayList<>();
            for (Fd fd : fds) {
                moved.add(fd.dupAbove(64));
            }
            for (int i = 0; i < moved.size(); i++) {
                descriptors.put(20 + i, moved.get(i));
            }
            // dash takes one-digit redirections only: /proc instead
            for (int i = 0; i < moved.size(); i++) {
                join.append("echo 0 > /proc/self/fd/").append(20 + i).append(" || exit 99; ");
            }
            int pid =
                    Processes.spawn(
                            new SpawnRequest(
                                    "/bin/sh",
                                    List.of("sh", "-c", join + script),
                                    List.of("PATH=/usr/bin:/bin"),
                                    descriptors,
                                    true));
            moved.forEach(Fd::close);
            children.add(pid);
            boolean joined =
                    Removal.await(
                            Duration.ofSeconds(30),
                            () ->
                                    cgroup.pids().contains(pid)
                                            || Processes.startTicks(pid).isEmpty()
                                            || isZombie(pid));
            assertThat(joined).isTrue();
            return pid;
        } finally {
            fds.forEach(Fd::close);
        }
    }

    private static void reap(int pid) {
        try {
            Processes.waitPid(pid);
        } catch (ErrnoException e) {
            assertThat(e.errno()).as("the test has waited itself").isEqualTo(Errno.ECHILD);
        }
    }

    private static boolean isZombie(int pid) {
        return stat(pid)[0].equals("Z");
    }

    static long cpuTicks(int pid) {
        String[] fields = stat(pid);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    private static String[] stat(int pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String file(Cgroup cgroup, String controller, String name) throws IOException {
        return Files.readString(Path.of(cgroup.directories().get(controller), name)).strip();
    }
}
