package dev.carafe.engine;

import dev.carafe.engine.cdi.CdiDevices;
import dev.carafe.engine.config.RuntimeOptions;
import dev.carafe.engine.container.Container;
import dev.carafe.engine.container.Rooms;
import dev.carafe.engine.state.ContainerState;
import java.nio.file.Path;
import java.util.List;

/// Counters and facts for Engine API GET /info.
public final class EngineInfo {
    private final Rooms rooms;
    private final Facts facts;

    EngineInfo(Rooms rooms, Facts facts) {
        this.rooms = rooms;
        this.facts = facts;
    }

    public record Counts(int containers, int running, int paused, int stopped, int images) {}

    /// @param logDriver of containers that do not say
    /// @param cgroupVersion 1 or 2
    /// @param userns containers have user namespaces of their own
    public record Facts(
            String id,
            Path dataRoot,
            Path execRoot,
            String storageDriver,
            String logDriver,
            int cgroupVersion,
            boolean seccomp,
            boolean userns) {}

    public Counts counts() {
        List<Container> all = rooms.containers().all();
        int running =
                (int) all.stream().filter(c -> c.state() instanceof ContainerState.Running).count();
        int paused =
                (int) all.stream().filter(c -> c.state() instanceof ContainerState.Paused).count();
        return new Counts(
                all.size(),
                running,
                paused,
                all.size() - running - paused,
                rooms.images().list().size());
    }

    /// The runtimes that containers can ask for now.
    public RuntimeOptions runtimes() {
        return rooms.runtimes().get();
    }

    /// Devices that containers can ask for.
    public CdiDevices cdi() {
        return rooms.cdi();
    }

    public Facts facts() {
        return facts;
    }
}
