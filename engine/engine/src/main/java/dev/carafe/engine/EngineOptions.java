package dev.carafe.engine;

import dev.carafe.engine.config.ContainerDefaults;
import dev.carafe.network.NetworkOptions;
import java.nio.file.Path;

/// Where an engine keeps its things, and how it is set up.
///
/// @param dataRoot state that must survive: containers, images, volumes
/// @param execRoot what a reboot may take: pids, exit statuses
/// @param cgroupParent cgroup under which containers are made, `/docker`
/// @param network of its bridges
/// @param containers what containers have that say nothing themselves
public record EngineOptions(
        Path dataRoot,
        Path execRoot,
        String cgroupParent,
        NetworkOptions network,
        ContainerDefaults containers) {
    public static EngineOptions at(Path dataRoot, Path execRoot) {
        return new EngineOptions(
                dataRoot,
                execRoot,
                "/docker",
                NetworkOptions.defaults(),
                ContainerDefaults.docker());
    }

    public EngineOptions withNetwork(NetworkOptions options) {
        return new EngineOptions(dataRoot, execRoot, cgroupParent, options, containers);
    }

    public EngineOptions withCgroupParent(String parent) {
        return new EngineOptions(dataRoot, execRoot, parent, network, containers);
    }

    public EngineOptions withContainers(ContainerDefaults defaults) {
        return new EngineOptions(dataRoot, execRoot, cgroupParent, network, defaults);
    }
}
