package dev.carafe.engine;

import dev.carafe.base.Undo;
import dev.carafe.engine.archive.FileView;
import dev.carafe.engine.config.ContainerDefaults;
import dev.carafe.engine.container.EndsUnderWay;
import dev.carafe.engine.container.Lifecycle;
import dev.carafe.engine.container.LinkRemoval;
import dev.carafe.engine.container.Rooms;
import dev.carafe.engine.container.Views;
import dev.carafe.engine.exec.Execs;
import dev.carafe.engine.stats.StatsReader;
import dev.carafe.images.ImageStore;
import dev.carafe.images.PullImage;
import dev.carafe.images.PushImage;
import dev.carafe.network.Networks;
import dev.carafe.registry.Registries;
import dev.carafe.snapshots.Snapshotter;
import dev.carafe.snapshots.tree.MeasuredSizes;

/// A container engine: every verb as a use case, one accessor each. Thread-safe. This is the one
/// place that knows who is wired to whom.
public final class Engine implements AutoCloseable {
    private final Rooms rooms;
    private final Lifecycle lifecycle;
    private final Views views;
    private final StatsReader stats;
    private final Execs execs;
    private final EngineInfo info;
    private final ContainerDefaults defaults;
    private final Registries registries;
    private final PullImage pullImage;
    private final MeasuredSizes layerSizes = new MeasuredSizes();
    private final MeasuredSizes volumeSizes = new MeasuredSizes();
    private final Undo letGo;

    Engine(
            Rooms rooms,
            Lifecycle lifecycle,
            Execs execs,
            EngineInfo.Facts facts,
            EngineOptions options,
            Undo letGo) {
        this.rooms = rooms;
        this.lifecycle = lifecycle;
        this.views = new Views(rooms);
        this.stats = new StatsReader(rooms);
        this.execs = execs;
        this.info = new EngineInfo(rooms, facts);
        this.defaults = options.containers();
        this.registries = new Registries(options.registries());
        this.pullImage = new PullImage(rooms.images(), registries);
        this.letGo = letGo;
    }

    /// Opens the engine on its roots and takes up the containers that are there, running ones
    /// included.
    public static Engine open(EngineOptions options) {
        Undo undo = new Undo();
        try {
            return new EngineOpening(options, undo).open();
        } catch (RuntimeException e) {
            try {
                undo.close();
            } catch (RuntimeException further) {
                e.addSuppressed(further);
            }
            throw e;
        }
    }

    public ImageStore images() {
        return rooms.images();
    }

    /// Layers and roots, for who makes layers.
    public Snapshotter snapshots() {
        return rooms.snapshots();
    }

    public Registries registries() {
        return registries;
    }

    public PullImage pullImage() {
        return pullImage;
    }

    public PushImage pushImage() {
        return new PushImage(rooms.images(), registries);
    }

    public Networks networks() {
        return rooms.networks();
    }

    public CreateContainer createContainer() {
        return new CreateContainer(rooms, lifecycle.creator(), defaults);
    }

    public StartContainer startContainer() {
        return new StartContainer(rooms.containers(), lifecycle.starter(), lifecycle.removal());
    }

    public StopContainer stopContainer() {
        return new StopContainer(
                rooms.containers(), lifecycle.stopper(), defaults.stopTimeoutSeconds());
    }

    public KillContainer killContainer() {
        return new KillContainer(rooms.containers(), lifecycle.stopper());
    }

    public RestartContainer restartContainer() {
        return new RestartContainer(
                rooms.containers(), stopContainer(), startContainer(), events());
    }

    public PauseContainer pauseContainer() {
        return new PauseContainer(rooms.containers(), lifecycle.pauser());
    }

    public RemoveContainer removeContainer() {
        return new RemoveContainer(
                rooms.containers(),
                lifecycle.stopper(),
                lifecycle.removal(),
                new LinkRemoval(rooms));
    }

    public UpdateContainer updateContainer() {
        return new UpdateContainer(
                rooms.containers(), lifecycle.limitChange(), lifecycle.portChange());
    }

    public RenameContainer renameContainer() {
        return new RenameContainer(rooms.containers(), lifecycle.renaming());
    }

    public WaitContainer waitContainer() {
        return new WaitContainer(rooms.containers());
    }

    public AttachContainer attachContainer() {
        return new AttachContainer(rooms.containers(), readLogs(), lifecycle.events());
    }

    public ResizeContainer resizeContainer() {
        return new ResizeContainer(rooms.containers(), lifecycle.events());
    }

    public ReadLogs readLogs() {
        return new ReadLogs(rooms.containers());
    }

    public InspectContainer inspectContainer() {
        return new InspectContainer(rooms.containers(), views, execs, rooms.snapshots());
    }

    public ListContainers listContainers() {
        return new ListContainers(rooms, views, layerSizes);
    }

    public TopContainer topContainer() {
        return new TopContainer(rooms.containers(), lifecycle.events());
    }

    public ContainerStats containerStats() {
        return new ContainerStats(rooms.containers(), stats);
    }

    public ExportContainer exportContainer() {
        return new ExportContainer(rooms.containers(), rooms.snapshots(), lifecycle.events());
    }

    public CopyFiles copyFiles() {
        return new CopyFiles(rooms.containers(), new FileView(rooms), lifecycle.events());
    }

    public ShowChanges showChanges() {
        return new ShowChanges(rooms.containers(), rooms.snapshots());
    }

    public CommitContainer commitContainer() {
        return new CommitContainer(rooms, lifecycle);
    }

    public CreateExec createExec() {
        return new CreateExec(rooms.containers(), execs);
    }

    public StartExec startExec() {
        return new StartExec(execs);
    }

    public InspectExec inspectExec() {
        return new InspectExec(execs);
    }

    public ResizeExec resizeExec() {
        return new ResizeExec(execs);
    }

    public ManageNetworks manageNetworks() {
        return new ManageNetworks(
                rooms.networks(), new EndsUnderWay(rooms.containers()), rooms.events());
    }

    public ConnectNetwork connectNetwork() {
        return new ConnectNetwork(rooms.containers(), lifecycle.networkChanges());
    }

    public ManageVolumes volumes() {
        return new ManageVolumes(rooms.volumes(), lifecycle.removal());
    }

    public MeasureVolumes measureVolumes() {
        return new MeasureVolumes(rooms.volumes(), lifecycle.removal(), volumeSizes);
    }

    public ImageEvents imageEvents() {
        return new ImageEvents(rooms.events());
    }

    public DaemonEvents daemonEvents() {
        return new DaemonEvents(rooms.events(), engineInfo().facts().id());
    }

    public PruneEvents pruneEvents() {
        return new PruneEvents(rooms.events());
    }

    public WatchEvents events() {
        return new WatchEvents(rooms.events(), rooms.containers(), lifecycle.events());
    }

    public EngineInfo engineInfo() {
        return info;
    }

    /// Lets go of everything. Containers live on.
    @Override
    public void close() {
        letGo.close();
    }
}
