package dev.carafe.engine;

import dev.carafe.engine.container.Container;
import dev.carafe.engine.container.ContainerEvents;
import dev.carafe.engine.container.Containers;
import dev.carafe.engine.top.ProcessTable;
import java.util.List;

/// Shows a container's processes as ps does, from /proc. Engine API GET /containers/{id}/top.
public final class TopContainer {
    private final Containers containers;
    private final ContainerEvents events;

    TopContainer(Containers containers, ContainerEvents events) {
        this.containers = containers;
        this.events = events;
    }

    public record Processes(List<String> titles, List<List<String>> rows) {}

    /// @param psArgs `-ef`, `aux`, `-eo pid,comm`
    /// @throws dev.carafe.base.Conflict it is not running
    public Processes top(String ref, String psArgs) {
        Container container = containers.get(ref);
        container.notRestarting();
        List<Integer> pids = container.running().cgroup().pids().stream().sorted().toList();
        ProcessTable.Table table = ProcessTable.of(pids, psArgs);
        events.publish(container.record(), "top");
        return new Processes(table.titles(), table.rows());
    }
}
