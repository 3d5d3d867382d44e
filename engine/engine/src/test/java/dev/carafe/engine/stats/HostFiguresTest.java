package dev.carafe.engine.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostFiguresTest {
    @Test
    void cpuTimeIsTheSumOfTheFirstSevenColumnsInNanoseconds() {
        HostCpu cpu =
                HostCpu.parse(
                        """
                        cpu  10 20 30 40 50 60 70 1000 2000 3000
                        cpu0 5 10 15 20 25 30 35 500 1000 1500
                        cpu1 5 10 15 20 25 30 35 500 1000 1500
                        intr 1 2 3
                        ctxt 99
                        """);
        assertThat(cpu).isEqualTo(new HostCpu(2_800_000_000L, 2));
    }

    @Test
    void memoryIsInBytes() {
        assertThat(HostMemory.parse("MemTotal:       24683416 kB\nMemFree: 1 kB\n"))
                .isEqualTo(24_683_416L * 1024);
        assertThat(HostMemory.parse("")).isZero();
    }

    @Test
    void interfacesHaveTheirCountersInTheKernelsOrder() {
        String text =
                """
                Inter-|   Receive                                                |  Transmit
                 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                    lo:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0
                  eth0:     806      11    1    2    3     4          5         6      126       3    7    8    9    10      11         12
                eth1:18446744073709551615 1 0 0 0 0 0 0 2 1 0 0 0 0 0 0
                """;
        assertThat(InterfaceCounters.parse(text))
                .hasSize(3)
                .containsEntry("eth0", new InterfaceCounters(806, 11, 1, 2, 126, 3, 7, 8))
                .containsEntry("eth1", new InterfaceCounters(-1, 1, 0, 0, 2, 1, 0, 0));
    }
}
