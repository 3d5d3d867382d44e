package dev.carafe.engine;

import dev.carafe.engine.config.ContainerDefaults;
import dev.carafe.engine.config.LogConfig;
import dev.carafe.engine.config.RuntimeOptions;
import dev.carafe.network.NetworkOptions;
import dev.carafe.registry.RegistryOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// Where an engine keeps its things, and how it is set up.
///
/// @param dataRoot state that must survive: containers, images, volumes
/// @param execRoot what a reboot may take: pids, exit statuses
/// @param cgroupParent cgroup under which containers are made, `/docker`
/// @param network of its bridges
/// @param containers what containers have that say nothing themselves
/// @param log where the output of containers goes that do not say
/// @param registries how they are reached; asked again for each pull and push
/// @param cdiFolders with specifications of devices, see {@link dev.carafe.engine.cdi.CdiDevices}
/// @param runtimes that containers can ask for; asked again for each create and start
public record EngineOptions(
        Path dataRoot,
        Path execRoot,
        String cgroupParent,
        NetworkOptions network,
        ContainerDefaults containers,
        LogConfig log,
        Supplier<RegistryOptions> registries,
        Supplier<RuntimeOptions> runtimes,
        List<Path> cdiFolders) {
    public static EngineOptions at(Path dataRoot, Path execRoot) {
        return new EngineOptions(
                dataRoot,
                execRoot,
                "/docker",
                NetworkOptions.defaults(),
                ContainerDefaults.docker(),
                LogConfig.defaults(),
                RegistryOptions::defaults,
                RuntimeOptions::builtInOnly,
                List.of());
    }

    public EngineOptions withNetwork(NetworkOptions options) {
        return new EngineOptions(
                dataRoot,
                execRoot,
                cgroupParent,
                options,
                containers,
                log,
                registries,
                runtimes,
                cdiFolders);
    }

    public EngineOptions withCgroupParent(String parent) {
        return new EngineOptions(
                dataRoot,
                execRoot,
                parent,
                network,
                containers,
                log,
                registries,
                runtimes,
                cdiFolders);
    }

    public EngineOptions withContainers(ContainerDefaults defaults) {
        return new EngineOptions(
                dataRoot,
                execRoot,
                cgroupParent,
                network,
                defaults,
                log,
                registries,
                runtimes,
                cdiFolders);
    }

    public EngineOptions withLog(LogConfig config) {
        return new EngineOptions(
                dataRoot,
                execRoot,
                cgroupParent,
                network,
                containers,
                config,
                registries,
                runtimes,
                cdiFolders);
    }

    public EngineOptions withRegistries(Supplier<RegistryOptions> options) {
        return new EngineOptions(
                dataRoot,
                execRoot,
                cgroupParent,
                network,
                containers,
                log,
                options,
                runtimes,
                cdiFolders);
    }

    public EngineOptions withRuntimes(Supplier<RuntimeOptions> options) {
        return new EngineOptions(
                dataRoot,
                execRoot,
                cgroupParent,
                network,
                containers,
                log,
                registries,
                options,
                cdiFolders);
    }

    public EngineOptions withCdiFolders(List<Path> folders) {
        return new EngineOptions(
                dataRoot,
                execRoot,
                cgroupParent,
                network,
                containers,
                log,
                registries,
                runtimes,
                folders);
    }
}
