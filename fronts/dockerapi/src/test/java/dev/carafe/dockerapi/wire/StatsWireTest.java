package dev.carafe.dockerapi.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.dockerapi.http.ApiVersion;
import dev.carafe.dockermodel.DockerJson;
import dev.carafe.engine.stats.HostCpu;
import dev.carafe.engine.stats.InterfaceCounters;
import dev.carafe.engine.stats.Sample;
import dev.carafe.linux.cgroup.CgroupStats;
import dev.carafe.linux.cgroup.CgroupStats.BlockEntry;
import dev.carafe.testkit.GoldenFile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatsWireTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.600000000Z");
    private static final ApiVersion NOW = ApiVersion.CURRENT;
    private final DockerJson json = new DockerJson();

    private String lines(Object value) {
        return json.text(value).replace("{", "{\n").replace("}", "\n}").replace(",\"", ",\n\"")
                + "\n";
    }

    private static Sample sample(int version, Instant time, long cpu, String read, String write) {
        CgroupStats cgroup =
                new CgroupStats(
                        new CgroupStats.Cpu(
                                cpu,
                                cpu / 2,
                                cpu / 4,
                                version == 1 ? List.of(cpu, 0L) : List.of(),
                                7,
                                3,
                                900),
                        new CgroupStats.Memory(
                                4096,
                                8192,
                                1 << 20,
                                0,
                                0,
                                0,
                                version == 1
                                        ? Map.of("total_inactive_file", 5L, "cache", 6L)
                                        : Map.of("inactive_file", 5L, "anon", 6L)),
                        new CgroupStats.Pids(2, 10L),
                        new CgroupStats.Block(
                                List.of(
                                        new BlockEntry(254, 0, read, 11),
                                        new BlockEntry(254, 0, write, 12)),
                                List.of(new BlockEntry(254, 0, read, 1))),
                        Map.of());
        return new Sample(
                SampleViews.ID,
                "calm_cup",
                new Sample.Usage(
                        time,
                        version,
                        cgroup,
                        new HostCpu(50 * cpu, 2),
                        1 << 20,
                        Map.of("eth0", new InterfaceCounters(1, 2, 3, 4, 5, 6, 7, 8))));
    }

    @Test
    void ofCgroupVersion1() {
        Sample before = sample(1, TIME.minusSeconds(1), 100, "Read", "Write");
        Sample now = sample(1, TIME, 200, "Read", "Write");
        GoldenFile.assertMatches("stats-v1.txt", lines(StatsWire.write(now, before, NOW)));
    }

    @Test
    void ofCgroupVersion2AsTheFirstOfAStream() {
        Sample now = sample(2, TIME, 200, "read", "write");
        GoldenFile.assertMatches("stats-v2.txt", lines(StatsWire.write(now, null, NOW)));
    }

    @Test
    void ofAContainerThatDoesNotRunAllIsZero() {
        Sample stopped = new Sample(SampleViews.ID, "calm_cup", null);
        GoldenFile.assertMatches("stats-stopped.txt", lines(StatsWire.write(stopped, null, NOW)));
    }

    @Test
    void theOperatingSystemCameWith152() {
        Sample stopped = new Sample(SampleViews.ID, "calm_cup", null);
        assertThat(json.text(StatsWire.write(stopped, null, new ApiVersion(1, 51))))
                .doesNotContain("os_type");
        assertThat(json.text(StatsWire.write(stopped, null, new ApiVersion(1, 52))))
                .contains("\"os_type\":\"linux\"");
    }
}
