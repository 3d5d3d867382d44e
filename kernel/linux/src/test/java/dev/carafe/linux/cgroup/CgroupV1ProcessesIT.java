package dev.carafe.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Pipes;
import dev.carafe.linux.Processes;
import dev.carafe.linux.cgroup.CgroupLimits.BlockLimits;
import dev.carafe.linux.cgroup.CgroupLimits.CpuLimits;
import dev.carafe.linux.cgroup.CgroupLimits.DeviceRule;
import dev.carafe.linux.cgroup.CgroupLimits.MemoryLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CgroupV1ProcessesIT extends CgroupV1Tests {
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
}
