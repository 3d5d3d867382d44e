package dev.carafe.engine.stats;

import dev.carafe.engine.container.Container;
import dev.carafe.engine.container.ContainerRecord;
import dev.carafe.engine.container.Rooms;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.ProcFiles;
import dev.carafe.linux.cgroup.CgroupManager;
import dev.carafe.linux.cgroup.CgroupStats;
import dev.carafe.network.Attached;
import dev.carafe.network.Endpoint;
import dev.carafe.runtime.ContainerHandle;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Takes samples of containers. Thread-safe; takes no container's lock.
public final class StatsReader {
    private final Rooms rooms;
    private final int cgroupVersion;
    private final long hostMemory;

    public StatsReader(Rooms rooms) {
        this.rooms = rooms;
        this.cgroupVersion = rooms.cgroups().layout() == CgroupManager.Layout.V2 ? 2 : 1;
        this.hostMemory = HostMemory.total();
    }

    public Sample sample(Container container) {
        ContainerRecord record = container.record();
        return new Sample(record.id(), record.name(), usage(container, record));
    }

    private Sample.@Nullable Usage usage(Container container, ContainerRecord record) {
        ContainerHandle handle = container.handle();
        if (handle == null || !record.state().isRunning()) {
            return null;
        }
        try {
            CgroupStats cgroup = handle.cgroup().stats();
            return new Sample.Usage(
                    Instant.now(),
                    cgroupVersion,
                    cgroup,
                    HostCpu.read(),
                    limit(cgroup.memory().limit()),
                    networks(record, handle.initPid()));
        } catch (ErrnoException e) {
            // it ended while we read: a container that has ended uses nothing
            return null;
        }
    }

    private long limit(long ofContainer) {
        boolean none = Long.compareUnsigned(ofContainer, hostMemory) > 0 || ofContainer == 0;
        return none ? hostMemory : ofContainer;
    }

    /// Counters of the interfaces that networks gave it: each network namespace has others too (lo,
    /// tunnels), and the host's are not the container's.
    private Map<String, InterfaceCounters> networks(ContainerRecord record, int pid) {
        Set<String> own = interfaces(record);
        if (own.isEmpty()) {
            return Map.of();
        }
        Map<String, InterfaceCounters> all =
                InterfaceCounters.parse(ProcFiles.tryRead("/proc/" + pid + "/net/dev").orElse(""));
        Map<String, InterfaceCounters> kept = new TreeMap<>(all);
        kept.keySet().retainAll(own);
        return kept;
    }

    /// With `container:` as network mode, those of the container that it shares with.
    private Set<String> interfaces(ContainerRecord record) {
        String shared = ContainerRecord.sharedWith(record.host().network().mode());
        String owner =
                shared == null
                        ? record.id()
                        : rooms.containers().find(shared).map(Container::id).orElse(record.id());
        return rooms.networks().attached(owner).map(Attached::endpoints).stream()
                .flatMap(List::stream)
                .map(Endpoint::interfaceName)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }
}
