package dev.carafe.engine.container;

import dev.carafe.engine.cdi.CdiDevices;
import dev.carafe.engine.config.ContainerDefaults;
import dev.carafe.engine.config.RuntimeOptions;
import dev.carafe.engine.events.EventBus;
import dev.carafe.engine.logs.LogDrivers;
import dev.carafe.engine.spec.SpecGenerator;
import dev.carafe.engine.streams.Streams;
import dev.carafe.engine.volumes.Volumes;
import dev.carafe.images.ImageStore;
import dev.carafe.linux.EventLoop;
import dev.carafe.linux.cgroup.CgroupManager;
import dev.carafe.network.Networks;
import dev.carafe.runtime.ContainerRuntime;
import dev.carafe.snapshots.Snapshotter;
import java.util.function.Supplier;

/// The rooms below and the shared things of one engine, as the steps of containers need them.
public record Rooms(
        EventLoop loop,
        CgroupManager cgroups,
        ImageStore images,
        Snapshotter snapshots,
        Networks networks,
        ContainerRuntime runtime,
        Volumes volumes,
        SpecGenerator specs,
        ContainerFiles files,
        Containers containers,
        EventBus events,
        Streams streams,
        LogDrivers logs,
        ContainerDefaults defaults,
        Supplier<RuntimeOptions> runtimes,
        CdiDevices cdi) {}
