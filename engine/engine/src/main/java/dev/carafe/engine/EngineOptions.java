package dev.carafe.engine;

import dev.carafe.engine.config.ContainerDefaults;
import dev.carafe.engine.config.LogConfig;
import dev.carafe.engine.config.RuntimeOptions;
import dev.carafe.network.NetworkOptions;
import dev.carafe.registry.RegistryOptions;
import io.soabase.recordbuilder.core.RecordBuilder;
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
@RecordBuilder
public record EngineOptions(
        Path dataRoot,
        Path execRoot,
        String cgroupParent,
        NetworkOptions network,
        ContainerDefaults containers,
        LogConfig log,
        Supplier<RegistryOptions> registries,
        Supplier<RuntimeOptions> runtimes,
        List<Path> cdiFolders)
        implements EngineOptionsBuilder.With {
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
}
