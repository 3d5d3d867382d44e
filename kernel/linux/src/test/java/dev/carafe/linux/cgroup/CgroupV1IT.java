package dev.carafe.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Pipes;
import dev.carafe.linux.Processes;
import dev.carafe.linux.SpawnRequest;
import dev.carafe.linux.cgroup.CgroupLimits.BlockLimits;
import dev.carafe.linux.cgroup.CgroupLimits.CpuLimits;
import dev.carafe.linux.cgroup.CgroupLimits.DeviceRule;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CgroupV1IT {
    private static final String PARENT = "carafe-test-" + ProcessHandle.current().pid();
    private static final long MIB = 1 << 20;

    private final CgroupManager manager = CgroupManager.detect();
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
                    children.forEach(CgroupV1IT::reap);
                    parent.delete();
                });
    }

    @Test
    void limitsAreWrittenAndReadBack() throws IOException {
        CgroupLimits limits =
                new CgroupLimits(
                        new MemoryLimits(64 * MIB, 128 * MIB, 32 * MIB, null, null, null),
                        new CpuLimits(512L, 50_000L, 100_000L, null, null, null, null, "0", "0"),
                        77L,
                        BlockLimits.NONE,
                        List.of(),
                        Map.of(),
                        Map.of());
        Cgroup cgroup = manager.create(PARENT + "/one", limits);
        assertThat(file(cgroup, "memory", "memory.limit_in_bytes")).isEqualTo("67108864");
        assertThat(file(cgroup, "memory", "memory.memsw.limit_in_bytes")).isEqualTo("134217728");
        assertThat(file(cgroup, "memory", "memory.soft_limit_in_bytes")).isEqualTo("33554432");
        assertThat(file(cgroup, "cpu", "cpu.shares")).isEqualTo("512");
        assertThat(file(cgroup, "cpu", "cpu.cfs_quota_us")).isEqualTo("50000");
        assertThat(file(cgroup, "cpuset", "cpuset.cpus")).isEqualTo("0");
        assertThat(file(cgroup, "pids", "pids.max")).isEqualTo("77");
        cgroup.update(
                new CgroupLimits(
                        new MemoryLimits(256 * MIB, 300 * MIB, null, null, null, null),
                        CpuLimits.NONE,
                        -1L,
                        BlockLimits.NONE,
                        List.of(),
                        Map.of(),
                        Map.of()));
        assertThat(file(cgroup, "memory", "memory.limit_in_bytes")).isEqualTo("268435456");
        assertThat(file(cgroup, "pids", "pids.max")).isEqualTo("max");
        assertThat(file(cgroup, "cpu", "cpu.shares")).isEqualTo("512");
        cgroup.delete();
        assertThat(manager.find(PARENT + "/one")).isEmpty();
        cgroup.delete();
    }

    @Test
    void aRefusedValueIsNamedAndNothingStays() {
        CgroupLimits bad =
                new CgroupLimits(
                        MemoryLimits.NONE,
                        new CpuLimits(null, null, null, null, null, null, null, "999", null),
                        null,
                        BlockLimits.NONE,
                        List.of(),
                        Map.of(),
                        Map.of());
        assertThatThrownBy(() -> manager.create(PARENT + "/bad", bad))
                .isInstanceOf(ErrnoException.class)
                .hasMessageContaining("'999' to ")
                .hasMessageContaining("/" + PARENT + "/bad/cpuset.cpus");
        assertThat(manager.find(PARENT + "/bad")).isEmpty();
        assertThatThrownBy(() -> manager.create("../x", CgroupLimits.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aProcessJoinsByWritingZeroToEveryTasksFile() {
        Cgroup cgroup = manager.create(PARENT + "/join", CgroupLimits.NONE);
        int pid = spawnInside(cgroup, "exec sleep 60");
        assertThat(cgroup.pids()).containsExactly(pid);
        cgroup.directories()
                .forEach((name, directory) ->
                        assertThat(new Directory(directory).pids()).as(name).containsExactly(pid));
        assertThat(manager.find(PARENT + "/join").orElseThrow().pids()).containsExactly(pid);
        assertThatThrownBy(() -> manager.create(PARENT + "/join", CgroupLimits.NONE))
                .isInstanceOfSatisfying(
                        ErrnoException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST));
        assertThatThrownBy(() -> cgroup.delete(Duration.ofMillis(20)))
                .isInstanceOfSatisfying(
                        ErrnoException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY));
        cgroup.kill();
        assertThat(Processes.waitPid(pid).signal()).isEqualTo(Processes.SIGKILL);
        cgroup.delete();
    }

    @Test
    void frozenProcessesStandStillAndCanBeKilled() throws IOException {
        Cgroup cgroup = manager.create(PARENT + "/freeze", CgroupLimits.NONE);
        int pid = spawnInside(cgroup, "while :; do :; done");
        cgroup.freeze();
        assertThat(cgroup.isFrozen()).isTrue();
        long before = cpuTicks(pid);
        assertThat(cpuTicks(pid)).isEqualTo(before);
        cgroup.thaw();
        assertThat(cgroup.isFrozen()).isFalse();
        assertThat(Removal.await(Duration.ofSeconds(30), () -> cpuTicks(pid) > before)).isTrue();
        cgroup.freeze();
        cgroup.kill();
        assertThat(Processes.waitPid(pid).signal()).isEqualTo(Processes.SIGKILL);
    }

    @Test
    void deviceRulesDecideWhatCanBeOpened() {
        Cgroup cgroup =
                manager.create(
                        PARENT + "/devices",
                        new CgroupLimits(
                                MemoryLimits.NONE,
                                CpuLimits.NONE,
                                null,
                                BlockLimits.NONE,
                                List.of(
                                        new DeviceRule(false, 'a', null, null, "rwm"),
                                        new DeviceRule(true, 'c', 1, 3, "rwm"),
                                        new DeviceRule(true, 'c', null, null, "m")),
                                Map.of(),
                                Map.of()));
        int pid =
                spawnInside(
                        cgroup, "echo > /dev/null && ! (echo > /dev/full) && ! true < /dev/zero");
        assertThat(Processes.waitPid(pid).exitCode()).isZero();
        int denied = spawnInside(cgroup, ": < /dev/zero");
        assertThat(Processes.waitPid(denied).exitCode()).isNotZero();
    }

    @Test
    void theProcessLimitHolds() {
        Cgroup cgroup =
                manager.create(
                        PARENT + "/pids",
                        new CgroupLimits(
                                MemoryLimits.NONE,
                                CpuLimits.NONE,
                                1L,
                                BlockLimits.NONE,
                                List.of(),
                                Map.of(),
                                Map.of()));
        int pid = spawnInside(cgroup, "/bin/true; true");
        assertThat(Processes.waitPid(pid).exitCode()).as("dash can't fork").isEqualTo(2);
        assertThat(cgroup.stats().pids().limit()).isEqualTo(1L);
    }

    @Test
    void tooMuchMemoryIsKilledCountedAndTold() {
        Cgroup cgroup =
                manager.create(
                        PARENT + "/oom",
                        new CgroupLimits(
                                new MemoryLimits(8 * MIB, 64 * MIB, null, null, null, null),
                                CpuLimits.NONE,
                                null,
                                BlockLimits.NONE,
                                List.of(),
                                Map.of(),
                                Map.of()));
        try (Fd events = cgroup.oomEvents().orElseThrow()) {
            int pid = spawnInside(cgroup, "exec dd if=/dev/zero of=/dev/null bs=64M count=1");
            assertThat(Processes.waitPid(pid).signal()).isEqualTo(Processes.SIGKILL);
            assertThat(Pipes.read(events, new byte[8])).isEqualTo(8);
        }
        assertThat(cgroup.oomKills()).isEqualTo(1);
        CgroupStats stats = cgroup.stats();
        assertThat(stats.memory().limit()).isEqualTo(8 * MIB);
        assertThat(stats.memory().oomKills()).isEqualTo(1);
        assertThat(stats.memory().failures()).isPositive();
        assertThat(stats.memory().maxUsage()).isBetween(4 * MIB, 8 * MIB);
        assertThat(stats.memory().detail()).containsKeys("total_inactive_file", "cache", "rss");
    }

    @Test
    void cpuTimeIsCountedByCpu() {
        Cgroup cgroup = manager.create(PARENT + "/cpu", CgroupLimits.NONE);
        int pid = spawnInside(cgroup, "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done");
        assertThat(Processes.waitPid(pid).exitCode()).isZero();
        CgroupStats.Cpu cpu = cgroup.stats().cpu();
        assertThat(cpu.total()).isPositive();
        assertThat(cpu.perCpu().stream().mapToLong(n -> n).sum()).isEqualTo(cpu.total());
    }

    @Test
    void aGroupMadeInsideGoesAway() {
        Cgroup cgroup = manager.create(PARENT + "/nest", CgroupLimits.NONE);
        cgroup.directories()
                .values()
                .forEach(directory -> {
                    Directory inner = new Directory(directory + "/inner");
                    if (!inner.exists()) {
                        inner.make();
                    }
                });
        cgroup.delete();
        assertThat(manager.find(PARENT + "/nest")).isEmpty();
    }

    @Test
    void aStaleGroupIsReplaced() throws IOException {
        CgroupLimits one =
                new CgroupLimits(
                        MemoryLimits.NONE,
                        CpuLimits.NONE,
                        5L,
                        BlockLimits.NONE,
                        List.of(),
                        Map.of(),
                        Map.of());
        manager.create(PARENT + "/stale", one);
        Cgroup second = manager.create(PARENT + "/stale", CgroupLimits.NONE);
        assertThat(file(second, "pids", "pids.max")).isEqualTo("max");
    }

    @Test
    void hugepagesAreLimitedOnVersion2WhereOnlyItCan() {
        Assumptions.assumeTrue(manager.controllers().contains("hugetlb"));
        Cgroup cgroup =
                manager.create(
                        PARENT + "/huge",
                        new CgroupLimits(
                                MemoryLimits.NONE,
                                CpuLimits.NONE,
                                null,
                                BlockLimits.NONE,
                                List.of(),
                                Map.of("2MB", 4 * MIB),
                                Map.of()));
        assertThat(cgroup.stats().hugepages()).containsKey("2MB");
        if (cgroup.directories().containsKey("unified")) {
            cgroup.cloneInto().orElseThrow().close();
        }
        cgroup.delete();
        assertThat(manager.find(PARENT + "/huge")).isEmpty();
    }

    @Test
    void memoryLimitsMoveUpAndDownAndOff() throws IOException {
        Cgroup cgroup = manager.create(PARENT + "/memory", CgroupLimits.NONE);
        long[][] steps = {{64, 64}, {128, 256}, {32, 32}, {16, -1}, {64, 128}};
        for (long[] step : steps) {
            cgroup.update(memory(step[0] * MIB, step[1] < 0 ? -1L : step[1] * MIB));
            assertThat(file(cgroup, "memory", "memory.limit_in_bytes"))
                    .isEqualTo(Long.toString(step[0] * MIB));
        }
        assertThat(file(cgroup, "memory", "memory.memsw.limit_in_bytes"))
                .isEqualTo(Long.toString(128 * MIB));
        cgroup.update(memory(-1, null));
        assertThat(cgroup.stats().memory().limit()).isGreaterThan(1L << 60);
    }

    @Test
    void aForkBombIsKilled() {
        Cgroup cgroup =
                manager.create(
                        PARENT + "/bomb",
                        new CgroupLimits(
                                MemoryLimits.NONE,
                                CpuLimits.NONE,
                                60L,
                                BlockLimits.NONE,
                                List.of(),
                                Map.of(),
                                Map.of()));
        // each process starts its successor and ends: no list of pids is ever up to date
        int pid = spawnInside(cgroup, "f() { f & exit; }; f & f & f & exec sleep 60");
        cgroup.kill();
        assertThat(cgroup.pids()).isEmpty();
        assertThat(Processes.waitPid(pid).signal()).isEqualTo(Processes.SIGKILL);
        cgroup.delete();
    }

    @Test
    void nothingIsLeftOpen() throws IOException {
        manager.create(PARENT + "/warm", CgroupLimits.NONE).delete();
        long before = openFiles();
        for (int i = 0; i < 20; i++) {
            Cgroup cgroup = manager.create(PARENT + "/fds", memory(64 * MIB, null));
            cgroup.joinFds().forEach(Fd::close);
            cgroup.oomEvents().ifPresent(Fd::close);
            cgroup.stats();
            cgroup.freeze();
            cgroup.thaw();
            cgroup.kill();
            cgroup.delete();
        }
        // class loading may open a jar meanwhile
        assertThat(openFiles()).isLessThan(before + 10);
    }

    private static CgroupLimits memory(long limit, Long swap) {
        return new CgroupLimits(
                new MemoryLimits(limit, swap, null, null, null, null),
                CpuLimits.NONE,
                null,
                BlockLimits.NONE,
                List.of(),
                Map.of(),
                Map.of());
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    private int spawnInside(Cgroup cgroup, String script) {
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

    private static long cpuTicks(int pid) {
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

    private static String file(Cgroup cgroup, String controller, String name) throws IOException {
        return Files.readString(Path.of(cgroup.directories().get(controller), name)).strip();
    }
}
