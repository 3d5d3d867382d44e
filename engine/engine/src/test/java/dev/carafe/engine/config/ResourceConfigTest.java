package dev.carafe.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.Conflict;
import org.junit.jupiter.api.Test;

class ResourceConfigTest {
    private static final long MIB = 1 << 20;

    private static ResourceConfig memory(long bytes, long swapBytes) {
        return cpu(bytes, swapBytes, 0, 0, 0);
    }

    private static ResourceConfig cpu(
            long bytes, long swapBytes, long nanos, long period, long quota) {
        ResourceConfig none = ResourceConfig.unlimited();
        return new ResourceConfig(
                bytes,
                swapBytes,
                0,
                0,
                null,
                null,
                0,
                nanos,
                0,
                period,
                quota,
                0,
                0,
                "",
                "",
                null,
                0,
                none.blkioWeightDevice(),
                none.blkioDeviceReadBps(),
                none.blkioDeviceWriteBps(),
                none.blkioDeviceReadIops(),
                none.blkioDeviceWriteIops(),
                none.devices(),
                none.deviceCgroupRules(),
                none.deviceRequests(),
                none.ulimits(),
                none.sysctls(),
                "");
    }

    @Test
    void whatAnUpdateLeavesOutStays() {
        ResourceConfig before = ResourceConfig.limits(64 * MIB, 500_000_000, 20L).withSwap();
        assertThat(before.changedBy(ResourceConfig.unlimited())).isEqualTo(before);
        ResourceConfig after = before.changedBy(ResourceConfig.limits(0, 0, -1L));
        assertThat(after.pidsLimit()).isZero();
        assertThat(after.memoryBytes()).isEqualTo(64 * MIB);
        assertThat(after.memorySwapBytes()).isEqualTo(128 * MIB);
    }

    @Test
    void moreMemoryThanMemoryAndSwapNeedsBoth() {
        ResourceConfig before = memory(64 * MIB, 0).withSwap();
        assertThat(before.changedBy(memory(128 * MIB, 0)).memoryBytes()).isEqualTo(128 * MIB);
        assertThatThrownBy(() -> before.changedBy(memory(129 * MIB, 0)))
                .isInstanceOf(Conflict.class)
                .hasMessage(
                        "Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time");
        assertThat(before.changedBy(memory(129 * MIB, -1)).memorySwapBytes()).isEqualTo(-1);
    }

    @Test
    void cpusAndQuotasExcludeEachOther() {
        ResourceConfig cpus = cpu(0, 0, 1_000_000_000, 0, 0);
        ResourceConfig quota = cpu(0, 0, 0, 100_000, 50_000);
        assertThatThrownBy(() -> cpus.changedBy(cpu(0, 0, 0, 100_000, 0)))
                .hasMessage(
                        "Conflicting options: CPU Period cannot be updated as NanoCPUs has already been set");
        assertThatThrownBy(() -> cpus.changedBy(cpu(0, 0, 0, 0, 50_000)))
                .hasMessage(
                        "Conflicting options: CPU Quota cannot be updated as NanoCPUs has already been set");
        assertThatThrownBy(() -> quota.changedBy(cpus))
                .hasMessage(
                        "Conflicting options: Nano CPUs cannot be updated as CPU Period has already been set");
    }
}
