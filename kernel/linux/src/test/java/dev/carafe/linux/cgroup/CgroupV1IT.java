package dev.carafe.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.cgroup.CgroupLimits.BlockLimits;
import dev.carafe.linux.cgroup.CgroupLimits.CpuLimits;
import dev.carafe.linux.cgroup.CgroupLimits.MemoryLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class CgroupV1IT extends CgroupV1Tests {
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

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }
}
