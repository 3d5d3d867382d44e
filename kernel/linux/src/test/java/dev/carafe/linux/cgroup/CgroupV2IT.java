package dev.carafe.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.linux.CgroupPrograms;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.ProcFiles;
import dev.carafe.linux.Processes;
import dev.carafe.linux.SpawnRequest;
import dev.carafe.linux.cgroup.CgroupLimits.BlockLimits;
import dev.carafe.linux.cgroup.CgroupLimits.CpuLimits;
import dev.carafe.linux.cgroup.CgroupLimits.DeviceRule;
import dev.carafe.linux.cgroup.CgroupLimits.MemoryLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// On whatever version 2 tree there is; one without controllers still freezes, kills and runs
/// device programs.
@Timeout(60)
class CgroupV2IT {
    private static final String PARENT = "carafe-test-v2-" + ProcessHandle.current().pid();

    private CgroupManager manager;

    @BeforeEach
    void find() {
        List<Hierarchy> hierarchies =
                Hierarchies.parse(
                        ProcFiles.read("/proc/self/mountinfo"),
                        ProcFiles.read("/proc/self/cgroup"),
                        FileSystem::isWritable,
                        Detection::v2Controllers);
        List<Hierarchy> unified = hierarchies.stream().filter(Hierarchy::v2).toList();
        Assumptions.assumeFalse(unified.isEmpty());
        manager = Detection.manager(unified);
        assertThat(manager.layout()).isEqualTo(CgroupManager.Layout.V2);
    }

    @AfterEach
    void cleanUp() {
        manager.find(PARENT)
                .ifPresent(parent -> {
                    parent.kill();
                    parent.delete();
                });
    }

    @Test
    void aProcessIsAddedFrozenThawedAndKilled() {
        Cgroup cgroup = manager.create(PARENT + "/one", CgroupLimits.NONE);
        int pid = shell("exec sleep 60");
        cgroup.add(pid);
        assertThat(cgroup.pids()).containsExactly(pid);
        cgroup.freeze();
        assertThat(cgroup.isFrozen()).isTrue();
        cgroup.thaw();
        assertThat(cgroup.isFrozen()).isFalse();
        cgroup.freeze();
        int reaper = pid;
        Thread.ofPlatform().start(() -> Processes.waitPid(reaper));
        cgroup.kill();
        assertThat(cgroup.pids()).isEmpty();
        cgroup.delete();
        assertThat(manager.find(PARENT + "/one")).isEmpty();
        assertThat(manager.find(PARENT)).isPresent();
    }

    @Test
    void controllersAreHandedDown() {
        Cgroup cgroup = manager.create(PARENT + "/deep/er", CgroupLimits.NONE);
        String own =
                ProcFiles.read(cgroup.directories().get("unified") + "/cgroup.controllers").strip();
        assertThat(own.isEmpty() ? List.of() : List.of(own.split(" ")))
                .containsAll(manager.controllers());
        try (Fd into = cgroup.cloneInto().orElseThrow()) {
            assertThat(FileSystem.fstat(into).isDirectory()).isTrue();
        }
        assertThat(cgroup.joinFds()).isEmpty();
    }

    @Test
    void deviceProgramsAllowWhatTheRulesAllow() {
        Cgroup cgroup =
                manager.create(
                        PARENT + "/devices",
                        rules(
                                new DeviceRule(false, 'a', null, null, "rwm"),
                                new DeviceRule(true, 'c', 1, 3, "rw")));
        assertThat(inside(cgroup, ": < /dev/null && echo > /dev/null")).isZero();
        assertThat(inside(cgroup, ": < /dev/zero")).isNotZero();
        cgroup.update(
                rules(
                        new DeviceRule(false, 'a', null, null, "rwm"),
                        new DeviceRule(true, 'c', 1, null, "r")));
        assertThat(inside(cgroup, ": < /dev/zero")).isZero();
        assertThat(inside(cgroup, "echo > /dev/null")).isNotZero();
        cgroup.update(rules(new DeviceRule(false, 'c', 1, 5, "w")));
        assertThat(inside(cgroup, ": < /dev/zero")).isZero();
        assertThat(inside(cgroup, "echo > /dev/zero")).isNotZero();
        try (Fd group = FileSystem.open(cgroup.directories().get("unified"), FileSystem.O_RDONLY)) {
            List<Fd> programs = CgroupPrograms.attached(group);
            programs.forEach(Fd::close);
            assertThat(programs).hasSize(1);
        }
    }

    @Test
    void aControllerThatIsMissingIsNamed() {
        Assumptions.assumeFalse(manager.controllers().contains("memory"));
        CgroupLimits limits =
                new CgroupLimits(
                        new MemoryLimits(1L << 20, null, null, null, null, null),
                        CpuLimits.NONE,
                        null,
                        BlockLimits.NONE,
                        List.of(),
                        Map.of(),
                        Map.of());
        assertThatThrownBy(() -> manager.create(PARENT + "/memory", limits))
                .isInstanceOf(ErrnoException.class)
                .hasMessageContaining("memory.max");
        assertThat(manager.find(PARENT + "/memory")).isEmpty();
    }

    @Test
    void hugepagesAreLimitedWhereTheControllerIs() {
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
                                Map.of("2MB", 4L << 20),
                                Map.of()));
        String directory = cgroup.directories().get("unified");
        assertThat(ProcFiles.read(directory + "/hugetlb.2MB.max").strip()).isEqualTo("4194304");
        assertThat(cgroup.stats().hugepages()).containsKey("2MB");
    }

    @Test
    void statisticsOfWhatIsThere() {
        Cgroup cgroup = manager.create(PARENT + "/stats", CgroupLimits.NONE);
        inside(cgroup, "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done");
        assertThat(cgroup.stats().cpu().total()).isPositive();
    }

    private static CgroupLimits rules(DeviceRule... rules) {
        return new CgroupLimits(
                MemoryLimits.NONE,
                CpuLimits.NONE,
                null,
                BlockLimits.NONE,
                List.of(rules),
                Map.of(),
                Map.of());
    }

    private static int inside(Cgroup cgroup, String script) {
        String procs = cgroup.directories().get("unified") + "/cgroup.procs";
        int status =
                Processes.waitPid(shell("echo 0 > " + procs + " && { " + script + "; } 2>&-"))
                        .exitCode();
        assertThat(Removal.await(Duration.ofSeconds(10), () -> cgroup.pids().isEmpty())).isTrue();
        return status;
    }

    private static int shell(String script) {
        return Processes.spawn(
                new SpawnRequest(
                        "/bin/sh",
                        List.of("sh", "-c", script),
                        List.of("PATH=/usr/bin:/bin"),
                        Map.of(),
                        true));
    }
}
