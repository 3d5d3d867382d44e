package dev.carafe.engine;

import dev.carafe.base.DurableFile;
import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import dev.carafe.base.Undo;
import dev.carafe.content.ContentStore;
import dev.carafe.engine.cdi.CdiDevices;
import dev.carafe.engine.changes.MadePlaces;
import dev.carafe.engine.container.Container;
import dev.carafe.engine.container.ContainerEvents;
import dev.carafe.engine.container.ContainerFiles;
import dev.carafe.engine.container.Containers;
import dev.carafe.engine.container.Lifecycle;
import dev.carafe.engine.container.Rooms;
import dev.carafe.engine.container.RootMounts;
import dev.carafe.engine.events.EventBus;
import dev.carafe.engine.exec.Execs;
import dev.carafe.engine.health.HealthChecks;
import dev.carafe.engine.logs.LogDrivers;
import dev.carafe.engine.spec.HostFacts;
import dev.carafe.engine.spec.InitProgram;
import dev.carafe.engine.spec.SeccompProfiles;
import dev.carafe.engine.spec.SpecGenerator;
import dev.carafe.engine.streams.Streams;
import dev.carafe.engine.volumes.VolumeEvents;
import dev.carafe.engine.volumes.Volumes;
import dev.carafe.images.ImageStore;
import dev.carafe.linux.Capabilities;
import dev.carafe.linux.EventLoop;
import dev.carafe.linux.cgroup.CgroupManager;
import dev.carafe.network.Networks;
import dev.carafe.runtime.LaunchRuntime;
import dev.carafe.snapshots.ApplyLimits;
import dev.carafe.snapshots.OverlaySnapshotter;
import dev.carafe.snapshots.OwnerMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/// Opens an engine on its roots: the rooms below it first, then the containers that are there.
final class EngineOpening {
    private final EngineOptions options;
    private final Path data;
    private final Undo undo;
    private final CgroupManager cgroups = CgroupManager.detect();

    /// @param undo what closes it all again, the engine's from then on
    EngineOpening(EngineOptions options, Undo undo) {
        this.options = options;
        this.data = options.dataRoot();
        this.undo = undo;
    }

    Engine open() {
        makeFolders();
        StateVersion.claim(data);
        Rooms rooms = rooms();
        ContainerEvents events = new ContainerEvents(rooms.events());
        Execs execs = new Execs(rooms, events);
        HealthChecks health = new HealthChecks(execs, events);
        Lifecycle lifecycle = new Lifecycle(rooms, events, health, options.cgroupParent());
        undo.push(() -> rooms.containers().all().forEach(Container::letGo));
        undo.push(health::close);
        undo.push(lifecycle::close);
        lifecycle.recover();
        return new Engine(rooms, lifecycle, execs, facts(rooms), options, undo);
    }

    private Rooms rooms() {
        EventLoop loop = closing(new EventLoop(), EventLoop::close);
        OverlaySnapshotter snapshots =
                closing(
                        new OverlaySnapshotter(
                                data.resolve("snapshots"), ApplyLimits.DEFAULT, MadePlaces.ALL),
                        OverlaySnapshotter::close);
        Networks networks = closing(networks(), Networks::close);
        LaunchRuntime runtime =
                closing(new LaunchRuntime(loop, cgroups, options.execRoot()), LaunchRuntime::close);
        RootMounts.probe(snapshots, runtime, options.containers().owners());
        LogDrivers logs = closing(new LogDrivers(options.log()), LogDrivers::close);
        Streams streams = closing(new Streams(loop), Streams::close);
        EventBus events = closing(new EventBus(data.resolve("events")), EventBus::close);
        return new Rooms(
                loop,
                cgroups,
                images(snapshots),
                snapshots,
                networks,
                runtime,
                new Volumes(data.resolve("volumes"), new VolumeEvents(events)),
                specs(),
                new ContainerFiles(data, options.execRoot()),
                new Containers(),
                events,
                streams,
                logs,
                options.containers(),
                options.runtimes(),
                new CdiDevices(options.cdiFolders()));
    }

    private <T> T closing(T room, Consumer<T> close) {
        undo.push(() -> close.accept(room));
        return room;
    }

    private ImageStore images(OverlaySnapshotter snapshots) {
        return new ImageStore(
                new ContentStore(data.resolve("content")), snapshots, data.resolve("images"));
    }

    private Networks networks() {
        return new Networks(
                data.resolve("network"), options.execRoot().resolve("network"), options.network());
    }

    private SpecGenerator specs() {
        return new SpecGenerator(
                HostFacts.of(
                        capabilities(),
                        isV2(),
                        options.cgroupParent(),
                        InitProgram.install(data.resolve("init")),
                        options.containers()),
                new SeccompProfiles(SeccompProfiles.Machine.current()));
    }

    private boolean isV2() {
        return cgroups.layout() == CgroupManager.Layout.V2;
    }

    private EngineInfo.Facts facts(Rooms rooms) {
        return new EngineInfo.Facts(
                engineId(),
                data,
                options.execRoot(),
                "overlay2",
                rooms.logs().defaultDriver(),
                isV2() ? 2 : 1,
                true,
                !options.containers().owners().equals(OwnerMap.NONE));
    }

    /// All that this process may give.
    private static List<String> capabilities() {
        return Capabilities.known().stream()
                .filter(name -> (Capabilities.bounding() & Capabilities.mask(List.of(name))) != 0)
                .toList();
    }

    private void makeFolders() {
        try {
            Files.createDirectories(options.dataRoot());
            Files.createDirectories(options.execRoot());
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "make the engine's folders: " + e.getMessage(), e);
        }
    }

    private String engineId() {
        Path file = data.resolve("engine-id");
        try {
            Optional<byte[]> there = DurableFile.read(file);
            if (there.isPresent()) {
                return new String(there.get(), StandardCharsets.UTF_8).strip();
            }
            String id = UUID.randomUUID().toString();
            DurableFile.write(file, id.getBytes(StandardCharsets.UTF_8));
            return id;
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "read " + file + ": " + e.getMessage(), e);
        }
    }
}
