package dev.carafe.engine.container;

/// The wired steps of containers' lives: the one place that knows who needs whom.
public final class Lifecycle implements AutoCloseable {
    private final ContainerEvents events;
    private final Removal removal;
    private final Restarts restarts = new Restarts();
    private final Starter starter;
    private final Creator creator;
    private final Recovery recovery;
    private final Stopper stopper;
    private final Pauser pauser;
    private final Renaming renaming;
    private final LimitChange limitChange;
    private final NetworkChanges networkChanges;
    private final PortChange portChange;

    /// @param runs is told what runs and what does not
    public Lifecycle(Rooms rooms, ContainerEvents events, RunObserver runs, String cgroupParent) {
        this.events = events;
        removal = new Removal(rooms, events);
        RunEnd runEnd =
                new RunEnd(
                        rooms,
                        events,
                        removal,
                        restarts,
                        runs,
                        new OutOfMemory(rooms.loop(), events));
        starter = new Starter(rooms, events, runEnd, runs);
        restarts.use(starter);
        ContainerFactory factory = new ContainerFactory(rooms, cgroupParent);
        creator = new Creator(rooms, events, factory);
        stopper = new Stopper(events);
        pauser = new Pauser(events, runs);
        renaming = new Renaming(rooms.containers(), rooms.networks(), events);
        limitChange = new LimitChange(events);
        networkChanges = new NetworkChanges(rooms, events);
        portChange = new PortChange(rooms, events);
        recovery =
                new Recovery(
                        rooms,
                        new ContainerRecovery.Steps(runEnd, removal, factory, runs),
                        restarts);
    }

    /// Once, before anything else.
    public void recover() {
        recovery.run();
    }

    public ContainerEvents events() {
        return events;
    }

    public Creator creator() {
        return creator;
    }

    public Starter starter() {
        return starter;
    }

    public Stopper stopper() {
        return stopper;
    }

    public Pauser pauser() {
        return pauser;
    }

    public LimitChange limitChange() {
        return limitChange;
    }

    public Renaming renaming() {
        return renaming;
    }

    public PortChange portChange() {
        return portChange;
    }

    public NetworkChanges networkChanges() {
        return networkChanges;
    }

    public Removal removal() {
        return removal;
    }

    @Override
    public void close() {
        restarts.close();
        removal.close();
    }
}
