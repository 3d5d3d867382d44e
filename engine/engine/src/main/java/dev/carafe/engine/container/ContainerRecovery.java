package dev.carafe.engine.container;

import dev.carafe.base.CarafeException;
import dev.carafe.base.DataLoss;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.engine.state.ExitStatus;
import dev.carafe.engine.state.LifeEvent;
import dev.carafe.linux.ErrnoException;
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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Takes up one container that an earlier engine left. Used by one thread at a time.
final class ContainerRecovery {
    private static final System.Logger LOG = System.getLogger(ContainerRecovery.class.getName());

    /// Who does the steps.
    record Steps(RunEnd runEnd, Removal removal, ContainerFactory factory, RunObserver runs) {}

    private final Rooms rooms;
    private final Steps steps;
    private final String id;
    private final List<Runnable> afterwards = new ArrayList<>();
    private boolean known = true;
    private boolean live;
    private @Nullable Container toStart;

    ContainerRecovery(Rooms rooms, Steps steps, String id) {
        this.rooms = rooms;
        this.steps = steps;
        this.id = id;
    }

    void take() {
        try {
            Optional<ContainerRecord> record = rooms.files().read(id);
            if (record.isEmpty() || isHalfMade(record.get())) {
                known = false;
                removeStray();
                return;
            }
            Container container = steps.factory().of(record.get());
            rooms.containers().add(container);
            container.locked(() -> {
                takeUp(container);
            });
        } catch (DataLoss e) {
            LOG.log(Level.ERROR, "{0}; it is left alone", e.text());
        }
    }

    String id() {
        return id;
    }

    /// Whether the id is a container's.
    boolean isKnown() {
        return known;
    }

    /// Whether it runs on.
    boolean isLive() {
        return live;
    }

    /// What has to wait until the networks are up again.
    void finish() {
        afterwards.forEach(Runnable::run);
    }

    /// The container, when it ended and its restart policy wants it to start with the daemon.
    Optional<Container> toStart() {
        return Optional.ofNullable(toStart);
    }

    /// Its record and its root are made side by side: without a root it was never announced.
    private boolean isHalfMade(ContainerRecord record) {
        return record.state() instanceof ContainerState.Created
                && !rooms.snapshots().isPrepared(record.id());
    }

    private void takeUp(Container container) {
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
        live = true;
        container.streams().connect(handle.stdio(), handle::closeStdin, true);
        container.adopt(handle);
        recoverExecs();
        afterwards.add(() -> {
            container.locked(() -> {
                if (container.state() instanceof ContainerState.Running) {
                    steps.runs().running(container);
                }
            });
            steps.runEnd().watch(container, handle);
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
        deleteRunFolders();
        container.streams().log().finishOld();
        if (container.state().isRunning()) {
            boolean again = steps.runEnd().endedUnseen(container, status, at);
            afterwards.add(() -> steps.runEnd().after(container, again));
        } else if (container.state() instanceof ContainerState.Restarting) {
            afterwards.add(() -> steps.runEnd().after(container, true));
        } else if (container.record().host().autoRemove()
                && container.state() instanceof ContainerState.Exited) {
            afterwards.add(() -> steps.runEnd().after(container, false));
        } else if (RestartRules.startsWithDaemon(container.record())) {
            toStart = container;
        }
    }

    /// Processes and cgroups of a container whose monitor is gone.
    private void leftovers(Container container) {
        try {
            rooms.cgroups()
                    .find(steps.factory().cgroupPath(container.record()))
                    .ifPresent(cgroup -> {
                        cgroup.kill();
                        cgroup.delete();
                    });
        } catch (ErrnoException e) {
            LOG.log(Level.WARNING, "the cgroup of container " + container.id() + " stays", e);
        }
    }

    /// Execs go on without anybody attached; their monitors are let go when they end.
    private void recoverExecs() {
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

    void removeStray() {
        try {
            Path runDir = rooms.files().runDir(id);
            if (Files.isDirectory(runDir)
                    && rooms.runtime().recover(id, runDir)
                            instanceof Recovered.Live(var handle, var s)) {
                handle.delete();
            }
            rooms.cgroups()
                    .find(steps.factory().defaultCgroupPath(id))
                    .ifPresent(cgroup -> {
                        cgroup.kill();
                        cgroup.delete();
                    });
        } catch (CarafeException | ErrnoException e) {
            LOG.log(Level.WARNING, "a half-made container " + id + " could not be ended", e);
        }
        steps.removal().sweep(id);
    }

    private void deleteRunFolders() {
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
