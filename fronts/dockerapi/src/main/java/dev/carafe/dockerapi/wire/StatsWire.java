package dev.carafe.dockerapi.wire;

import dev.carafe.dockerapi.http.ApiVersion;
import dev.carafe.dockermodel.Empty;
import dev.carafe.dockermodel.StatsBlkio;
import dev.carafe.dockermodel.StatsBlkioEntry;
import dev.carafe.dockermodel.StatsCpu;
import dev.carafe.dockermodel.StatsCpuUsage;
import dev.carafe.dockermodel.StatsMemory;
import dev.carafe.dockermodel.StatsNetwork;
import dev.carafe.dockermodel.StatsPids;
import dev.carafe.dockermodel.StatsResponse;
import dev.carafe.dockermodel.StatsThrottling;
import dev.carafe.engine.stats.InterfaceCounters;
import dev.carafe.engine.stats.Sample;
import dev.carafe.linux.cgroup.CgroupStats;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Objects of `GET /containers/{id}/stats`. Zeros are left out where Docker leaves them out.
public final class StatsWire {
    private static final StatsCpu NO_CPU =
            new StatsCpu(
                    new StatsCpuUsage(0, null, 0, 0), null, null, new StatsThrottling(0, 0, 0));
    private static final StatsBlkio NO_BLOCK =
            new StatsBlkio(null, null, null, null, null, null, null, null);

    private StatsWire() {}

    /// @param before the sample that CPU time is compared with; null for the first of a stream
    public static StatsResponse write(Sample now, @Nullable Sample before, ApiVersion version) {
        Sample.Usage u = now.usage();
        Sample.Usage b = before == null ? null : before.usage();
        String osType = version.atLeast(52) ? "linux" : null;
        return new StatsResponse(
                "/" + now.name(),
                now.id(),
                osType,
                Times.nano(u == null ? null : u.read()),
                Times.nano(b == null ? null : b.read()),
                u == null ? new StatsPids(null, null) : pids(u.cgroup().pids()),
                u == null ? NO_BLOCK : block(u),
                0,
                new Empty(),
                u == null ? NO_CPU : cpu(u),
                b == null ? NO_CPU : cpu(b),
                u == null ? new StatsMemory(null, null, null, null, null) : memory(u),
                u == null || u.networks().isEmpty() ? null : networks(u.networks()));
    }

    private static StatsPids pids(CgroupStats.Pids p) {
        return new StatsPids(unlessZero(p.current()), p.limit());
    }

    private static StatsCpu cpu(Sample.Usage u) {
        CgroupStats.Cpu c = u.cgroup().cpu();
        return new StatsCpu(
                new StatsCpuUsage(
                        c.total(), c.perCpu().isEmpty() ? null : c.perCpu(), c.system(), c.user()),
                unlessZero(u.host().nanos()),
                u.host().online(),
                new StatsThrottling(c.periods(), c.throttledPeriods(), c.throttledNanos()));
    }

    private static StatsMemory memory(Sample.Usage u) {
        CgroupStats.Memory m = u.cgroup().memory();
        return new StatsMemory(
                unlessZero(m.usage()),
                u.cgroupVersion() == 1 ? unlessZero(m.maxUsage()) : null,
                m.detail().isEmpty() ? null : new TreeMap<>(m.detail()),
                unlessZero(m.failures()),
                unlessZero(u.memoryLimitBytes()));
    }

    /// Version 1 has lists for all that it could count, empty ones too; version 2 counts bytes
    /// only.
    private static StatsBlkio block(Sample.Usage u) {
        CgroupStats.Block b = u.cgroup().block();
        if (u.cgroupVersion() == 1) {
            List<StatsBlkioEntry> none = List.of();
            return new StatsBlkio(
                    entries(b.bytes()),
                    entries(b.operations()),
                    none,
                    none,
                    none,
                    none,
                    none,
                    none);
        }
        List<StatsBlkioEntry> bytes =
                entries(b.bytes()).stream().filter(e -> !e.op().equals("discard")).toList();
        return new StatsBlkio(
                bytes.isEmpty() ? null : bytes, null, null, null, null, null, null, null);
    }

    private static List<StatsBlkioEntry> entries(List<CgroupStats.BlockEntry> entries) {
        return entries.stream()
                .map(e -> new StatsBlkioEntry(e.major(), e.minor(), e.operation(), e.value()))
                .toList();
    }

    private static Map<String, StatsNetwork> networks(Map<String, InterfaceCounters> all) {
        Map<String, StatsNetwork> networks = new TreeMap<>();
        all.forEach((name, n) ->
                networks.put(
                        name,
                        new StatsNetwork(
                                n.receivedBytes(),
                                n.receivedPackets(),
                                n.receiveErrors(),
                                n.receiveDropped(),
                                n.sentBytes(),
                                n.sentPackets(),
                                n.sendErrors(),
                                n.sendDropped())));
        return networks;
    }

    private static @Nullable Long unlessZero(long value) {
        return value == 0 ? null : value;
    }
}
