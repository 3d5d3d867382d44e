package dev.carafe.engine;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.engine.config.ContainerDefaults;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.ImageDefaults;
import dev.carafe.engine.config.NetworkingConfig;
import dev.carafe.engine.config.RuntimeOptions;
import dev.carafe.engine.container.Container;
import dev.carafe.engine.container.Creator;
import dev.carafe.engine.container.Creator.Identity;
import dev.carafe.engine.container.EndpointChecks;
import dev.carafe.engine.container.Rooms;
import dev.carafe.engine.container.RootSize;
import dev.carafe.engine.spec.PlannedMount;
import dev.carafe.engine.volumes.MountPlanner;
import dev.carafe.images.Image;
import dev.carafe.linux.cgroup.CgroupManager;
import dev.carafe.oci.Platform;
import dev.carafe.oci.RunConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a container from an image, ready to start. Engine API POST /containers/create.
public final class CreateContainer {
    private final Rooms rooms;
    private final Creator creator;
    private final References references;
    private final MountPlanner mounts;
    private final ContainerDefaults defaults;

    CreateContainer(Rooms rooms, Creator creator, ContainerDefaults defaults) {
        this.defaults = defaults;
        this.rooms = rooms;
        this.creator = creator;
        this.references = new References(rooms.containers());
        this.mounts =
                new MountPlanner(
                        rooms.volumes(),
                        rooms.files().root(),
                        ref -> references.get(ref).record().mounts(),
                        ref -> rooms.images().get(ref).on(ref, null).id().toString());
    }

    /// @param name with or without a leading slash; null: a random one
    /// @param platform `os/arch[/variant]`; null: the host's
    public record Request(
            @Nullable String name,
            ContainerConfig config,
            HostConfig host,
            NetworkingConfig networking,
            @Nullable String platform) {}

    /// @param warnings never null
    public record Created(String id, List<String> warnings) {}

    /// @throws dev.carafe.base.NotFound `No such image: x`
    /// @throws dev.carafe.base.Conflict the name is in use
    /// @throws InvalidArgument a value that can't be
    public Created create(Request request) {
        HostConfig logged = request.host().withLog(rooms.logs().resolve(request.host().log()));
        List<String> warnings = CreateChecks.check(request.config(), logged);
        if (request.config().image().isEmpty()) {
            throw new InvalidArgument("config cannot be empty in order to create a container");
        }
        Platform wanted = request.platform() == null ? null : Platform.parse(request.platform());
        String name = request.config().image();
        Image image = rooms.images().get(name).on(name, wanted);
        ContainerConfig config = ImageDefaults.merge(request.config(), runConfig(image));
        HostConfig resolved = withRuntime(references.resolved(logged));
        checkNetworks(request.networking());
        checkMac(config, logged);
        boolean v2 = rooms.cgroups().layout() == CgroupManager.Layout.V2;
        HostConfig host = rooms.specs().completed(defaults.applyTo(resolved, v2));
        HostChecks.remapped(host, defaults);
        RootSize.check(host.storage(), rooms.snapshots()::boundsRoots);
        List<PlannedMount> planned = mounts.plan(config, host.storage());
        Container container =
                creator.create(
                        Identity.named(request.name()),
                        image,
                        config,
                        host,
                        request.networking(),
                        planned);
        return new Created(container.id(), warnings);
    }

    /// The same over an image that the store need not have, for a build's steps.
    ///
    /// @param id of the container; nothing has it
    /// @param asked complete: nothing of the image's configuration is merged in
    public Created createOver(String id, Image image, ContainerConfig asked, HostConfig askedHost) {
        List<String> warnings = CreateChecks.check(asked, askedHost);
        HostConfig resolved = withRuntime(references.resolved(askedHost));
        boolean v2 = rooms.cgroups().layout() == CgroupManager.Layout.V2;
        HostConfig host = rooms.specs().completed(defaults.applyTo(resolved, v2));
        HostChecks.remapped(host, defaults);
        // what a step mounts is the build's own
        List<PlannedMount> planned =
                mounts.plan(asked, host.storage()).stream().map(m -> m.shifted(true)).toList();
        Container container =
                creator.create(
                        new Identity(id, null),
                        image,
                        asked,
                        host,
                        NetworkingConfig.none(),
                        planned);
        return new Created(container.id(), warnings);
    }

    /// The default is that of the container's creation.
    ///
    /// @throws InvalidArgument there is no such runtime
    private HostConfig withRuntime(HostConfig host) {
        RuntimeOptions runtimes = rooms.runtimes().get();
        runtimes.find(host.runtime());
        return host.withRuntime(runtimes.chosen(host.runtime()));
    }

    private static RunConfig runConfig(Image image) {
        RunConfig config = image.config().config();
        return config == null ? RunConfig.EMPTY : config;
    }

    private static void checkMac(ContainerConfig config, HostConfig host) {
        String mode = host.network().mode();
        String network = mode.isEmpty() || mode.equals("default") ? "bridge" : mode;
        try {
            EndpointChecks.mac(config.macAddress());
        } catch (InvalidArgument e) {
            throw invalidConfig(network, e);
        }
    }

    private static InvalidArgument invalidConfig(String network, InvalidArgument e) {
        return new InvalidArgument("invalid config for network " + network + ": " + e.text());
    }

    private void checkNetworks(NetworkingConfig networking) {
        networking
                .endpoints()
                .forEach((ref, settings) -> {
                    try {
                        EndpointChecks.check(rooms.networks().get(ref), settings);
                    } catch (NotFound e) {
                        // It need not be there before the start.
                    } catch (InvalidArgument e) {
                        throw invalidConfig(ref, e);
                    }
                });
    }
}
