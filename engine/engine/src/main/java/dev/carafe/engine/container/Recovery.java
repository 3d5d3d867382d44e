package dev.carafe.engine.container;

import dev.carafe.base.CarafeException;
import dev.carafe.base.DataLoss;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.engine.state.ExitStatus;
import dev.carafe.engine.state.LifeEvent;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Namespaces;
import dev.carafe.linux.Processes;
import dev.carafe.runtime.ContainerHandle;
import dev.carafe.runtime.Exit;
import dev.carafe.runtime.Recovered;
import dev.carafe.runtime.RecoveredExec;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Takes up what an earlier engine left: running containers go on, those that ended meanwhile get
/// their exact exit, half-made and half-removed ones are removed, and nothing that belongs to
/// nobody stays.
final class Recovery {
    private static final System.Logger LOG = System.getLogger(Recovery.class.getName());
    private final Rooms rooms;
    private final RunEnd runEnd;
    private final Removal removal;
    private final ContainerFactory factory;
    private final RunObserver runs;
    private final Restarts restarts;
    private final List<Runnable> afterwards = new ArrayList<>();
    private final List<Container> toStart = new ArrayList<>();
    private final Set<String> live = new HashSet<>();

    Recovery(
            Rooms rooms,
            RunEnd runEnd,
            Removal removal,
            ContainerFactory factory,
            RunObserver runs,
            Restarts restarts) {
        this.rooms = rooms;
        this.runEnd = runEnd;
        this.removal = removal;
        this.factory = factory;
        this.runs = runs;
        this.restarts = restarts;
    }

    void run() {
        Set<String> known = new HashSet<>();
        for (String id : rooms.files().ids()) {
            if (take(id)) {
                known.add(id);
            }
        }
        for (String id : rooms.files().runIds()) {
            if (!known.contains(id)) {
                removeStray(id);
            }
        }
        rooms.snapshots().keys().stream()
                .filter(k -> !known.contains(k))
                .forEach(rooms.snapshots()::discard);
        rooms.networks().recover(live, this::netnsOf);
        afterwards.forEach(Runnable::run);
        restarts.startWithDaemon(toStart);
    }

    private @Nullable Fd netnsOf(String id) {
        ContainerHandle handle = rooms.containers().get(id).handle();
        try {
            return handle == null ? null : Namespaces.of(handle.initPid(), "net");
        } catch (ErrnoException e) {
            // it has just ended
            return null;
        }
    }

    /// @return whether the id is a container's
    private boolean take(String id) {
        try {
            Optional<ContainerRecord> record = rooms.files().read(id);
            if (record.isEmpty() || isHalfMade(record.get())) {
                removeStray(id);
                return false;
            }
            Container container = factory.of(record.get());
            rooms.containers().add(container);
            container.locked(() -> {
                takeUp(container);
            });
            return true;
        } catch (DataLoss e) {
            LOG.log(Level.ERROR, "{0}; it is left alone", e.text());
            return true;
        }
    }

    /// Its record and its root are made side by side: without a root it was never announced.
    private boolean isHalfMade(ContainerRecord record) {
        return record.state() instanceof ContainerState.Created
                && !rooms.snapshots().isPrepared(record.id());
    }

    private void takeUp(Container container) {
        String id = container.id();
        Path runDir = rooms.files().runDir(id);
        if (!Files.isDirectory(runDir)) {
            lost(container, "the machine was restarted");
            return;
        }
        switch (rooms.runtime().recover(id, runDir)) {
            case Recovered.Live(ContainerHandle handle, boolean started) when started ->
                    live(container, handle);
            case Recovered.Live(ContainerHandle handle, boolean started) -> {
                handle.delete();
                notStarted(container, "its start was not finished");
            }
            case Recovered.Ended(Exit exit) -> {
                leftovers(container);
                gone(container, status(exit), exit.finishedAt());
            }
            case Recovered.Lost(String why, boolean started) when started -> {
                leftovers(container);
                lost(container, why);
            }
            case Recovered.Lost(String why, boolean started) -> {
                leftovers(container);
                notStarted(container, why);
            }
        }
    }

    private static ExitStatus status(Exit exit) {
        return exit.signal() == null
                ? new ExitStatus.Code(exit.code())
                : new ExitStatus.Signal(exit.signal(), false);
    }

    private void live(Container container, ContainerHandle handle) {
        long ticks = Processes.startTicks(handle.initPid()).orElse(0);
        if (!container.state().isRunning() && ticks != 0) {
            // It was started, and the engine died before it could write so. One that has ended
            // since is RunEnd's.
            container.move(new LifeEvent.Started(handle.initPid(), ticks, Instant.now()));
        }
        container.refresh(handle.initPid(), ticks);
        live.add(container.id());
        container.streams().connect(handle.stdio(), handle::closeStdin, true);
        container.adopt(handle);
        recoverExecs(container.id());
        afterwards.add(() -> {
            container.locked(() -> {
                if (container.state() instanceof ContainerState.Running) {
                    runs.running(container);
                }
            });
            runEnd.watch(container, handle);
        });
    }

    /// The engine died while it started it: it never ran, and is as it was before.
    private void notStarted(Container container, String why) {
        if (container.record().startingFrom() == null) {
            lost(container, why);
        } else {
            container.undoStart();
            gone(container, new ExitStatus.Lost(why), Instant.now());
        }
    }

    private void lost(Container container, String why) {
        gone(container, new ExitStatus.Lost(why), Instant.now());
    }

    private void gone(Container container, ExitStatus status, Instant at) {
        deleteRunFolders(container.id());
        container.streams().log().finishOld();
        if (container.state().isRunning()) {
            boolean again = runEnd.endedUnseen(container, status, at);
            afterwards.add(() -> runEnd.after(container, again));
        } else if (container.state() instanceof ContainerState.Restarting) {
            afterwards.add(() -> runEnd.after(container, true));
        } else if (container.record().host().autoRemove()
                && container.state() instanceof ContainerState.Exited) {
            afterwards.add(() -> runEnd.after(container, false));
        } else if (RestartRules.startsWithDaemon(container.record())) {
            toStart.add(container);
        }
    }

    /// Processes and cgroups of a container whose monitor is gone.
    private void leftovers(Container container) {
        try {
            rooms.cgroups()
                    .find(factory.cgroupPath(container.record()))
                    .ifPresent(cgroup -> {
                        cgroup.kill();
                        cgroup.delete();
                    });
        } catch (ErrnoException e) {
            LOG.log(Level.WARNING, "the cgroup of container " + container.id() + " stays", e);
        }
    }

    /// Execs go on without anybody attached; their monitors are let go when they end.
    private void recoverExecs(String id) {
        try (Stream<Path> folders =
                Files.isDirectory(rooms.files().execsDir(id))
                        ? Files.list(rooms.files().execsDir(id))
                        : Stream.empty()) {
            for (Path folder : folders.toList()) {
                if (rooms.runtime().recoverExec(folder.getFileName().toString(), folder)
                        instanceof RecoveredExec.Live(var handle)) {
                    handle.exited()
                            .whenComplete((exit, failure) -> {
                                if (Exits.isOver(exit, failure)) {
                                    handle.release();
                                    handle.close();
                                    delete(folder);
                                }
                            });
                } else {
                    delete(folder);
                }
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the execs of container " + id + " could not be taken up", e);
        }
    }

    private void removeStray(String id) {
        try {
            Path runDir = rooms.files().runDir(id);
            if (Files.isDirectory(runDir)
                    && rooms.runtime().recover(id, runDir)
                            instanceof Recovered.Live(var handle, var s)) {
                handle.delete();
            }
            rooms.cgroups()
                    .find(factory.defaultCgroupPath(id))
                    .ifPresent(cgroup -> {
                        cgroup.kill();
                        cgroup.delete();
                    });
        } catch (CarafeException | ErrnoException e) {
            LOG.log(Level.WARNING, "a half-made container " + id + " could not be ended", e);
        }
        removal.sweep(id);
    }

    private void deleteRunFolders(String id) {
        delete(rooms.files().runDir(id));
        delete(rooms.files().execsDir(id));
    }

    private static void delete(Path folder) {
        try {
            FileTrees.delete(folder);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "could not remove " + folder, e);
        }
    }
}
