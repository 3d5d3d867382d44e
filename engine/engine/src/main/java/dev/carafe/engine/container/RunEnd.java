package dev.carafe.engine.container;

import dev.carafe.base.CarafeException;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.engine.state.ExitStatus;
import dev.carafe.engine.state.LifeEvent;
import dev.carafe.linux.ErrnoException;
import dev.carafe.network.Attached;
import dev.carafe.network.Endpoint;
import dev.carafe.runtime.ContainerHandle;
import dev.carafe.runtime.Exit;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// What happens when a container's process has ended: its output is read to the end, the exit is
/// made durable and announced, its traces are removed, and it is restarted or removed where its
/// configuration says so.
final class RunEnd {
    private static final System.Logger LOG = System.getLogger(RunEnd.class.getName());
    private static final int SIGKILL = 9;
    private static final long OUTPUT_LIMIT_SECONDS = 60;
    private final Rooms rooms;
    private final ContainerEvents events;
    private final Removal removal;
    private final Restarts restarts;
    private final RunObserver runs;
    private final OutOfMemory memory;

    RunEnd(
            Rooms rooms,
            ContainerEvents events,
            Removal removal,
            Restarts restarts,
            RunObserver runs,
            OutOfMemory memory) {
        this.rooms = rooms;
        this.events = events;
        this.removal = removal;
        this.restarts = restarts;
        this.runs = runs;
        this.memory = memory;
    }

    /// Calls {@link #ended} when it is time, on a thread of its own: the caller holds the lock at
    /// times and may have somebody waiting for an answer.
    void watch(Container container, ContainerHandle handle) {
        memory.watch(container, handle);
        handle.exited()
                .whenComplete((exit, failure) -> {
                    if (Exits.isOver(exit, failure)) {
                        Thread.ofVirtual()
                                .name("end-" + container.id())
                                .start(() -> handle(container, handle, exit));
                    }
                });
    }

    private void handle(Container container, ContainerHandle handle, @Nullable Exit exit) {
        try {
            ended(container, handle, exit);
        } catch (RuntimeException e) {
            LOG.log(
                    Level.ERROR,
                    "the end of container " + container.id() + " could not be handled",
                    e);
        }
    }

    private void ended(Container container, ContainerHandle handle, @Nullable Exit exit) {
        finishOutput(container);
        CompletableFuture<Void> ending = container.beginEnding();
        boolean again;
        try {
            again = settle(container, handle, exit);
        } finally {
            ending.complete(null);
        }
        after(container, again);
    }

    /// @return whether it is to be started again
    private boolean settle(Container container, ContainerHandle handle, @Nullable Exit exit) {
        Instant at = exit == null ? Instant.now() : exit.finishedAt();
        return container.whileLocked(() -> {
            if (container.handle() != handle) {
                return false;
            }
            runs.halted(container);
            boolean outOfMemory = memory.finish(container, handle);
            boolean recorded = isRecorded(container, at);
            ExitStatus status = status(exit, outOfMemory);
            boolean restart;
            try {
                restart = !recorded && record(container, handle, status, at);
            } finally {
                container.streams().endSessions();
            }
            announceLeft(container);
            if (!recorded) {
                announce(container, status);
            }
            cleanUp(container, handle);
            return restart || container.state() instanceof ContainerState.Restarting;
        });
    }

    /// Whether an earlier engine made this very exit durable and died before it had cleaned up.
    private static boolean isRecorded(Container container, Instant at) {
        ContainerState.Exited last = container.state().lastExit();
        return last != null && !container.state().isRunning() && last.finishedAt().equals(at);
    }

    private static boolean record(
            Container container, ContainerHandle handle, ExitStatus status, Instant at) {
        if (!container.state().isRunning()) {
            // It was started, and the engine died before it could write so.
            container.move(new LifeEvent.Started(handle.initPid(), 0, at));
        }
        return record(container, status, at);
    }

    /// An exit that happened while no engine lived, or that nobody can tell any more. The lock must
    /// be held.
    boolean endedUnseen(Container container, ExitStatus status, Instant at) {
        boolean restart = record(container, status, at);
        announceLeft(container);
        announce(container, status);
        rooms.networks().detach(container.id());
        return restart;
    }

    void after(Container container, boolean again) {
        if (again) {
            restarts.schedule(container);
        } else if (container.record().host().autoRemove()
                && !container.state().isRunning()
                && !container.isHeld()) {
            try {
                removal.remove(container, true);
            } catch (CarafeException e) {
                LOG.log(Level.DEBUG, "container {0} is removed by somebody else", container.id());
            }
        }
    }

    private static void finishOutput(Container container) {
        try {
            container.streams().finish().get(OUTPUT_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.log(
                    Level.WARNING,
                    "the last output of container {0} could not be read in time",
                    container.id());
        } catch (ExecutionException e) {
            LOG.log(
                    Level.WARNING,
                    "the last output of container " + container.id() + " is lost",
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ExitStatus status(@Nullable Exit exit, boolean outOfMemory) {
        if (exit == null) {
            return new ExitStatus.Lost("the monitor of the container was killed");
        }
        if (exit.signal() == null) {
            return new ExitStatus.Code(exit.code());
        }
        return new ExitStatus.Signal(exit.signal(), exit.signal() == SIGKILL && outOfMemory);
    }

    /// Makes the end durable.
    ///
    /// @return whether it will be started again
    private static boolean record(Container container, ExitStatus status, Instant at) {
        ContainerRecord record = container.record();
        ContainerState.Running run = record.state().process();
        if (run == null || !RestartRules.restarts(record, status)) {
            container.move(new LifeEvent.Ended(status, at));
            return false;
        }
        boolean wasLong = RestartRules.wasLong(Duration.between(run.startedAt(), at));
        int quick = wasLong ? 0 : record.quickEnds();
        LifeEvent end =
                new LifeEvent.EndedToRestart(status, at, quick, at.plus(RestartRules.delay(quick)));
        container.move(end, r -> r.restarts(r.restartCount() + 1, quick + 1));
        return true;
    }

    /// Told before the death, as dockerd does; done after it, so that nobody waits for it.
    private void announceLeft(Container container) {
        List<Endpoint> endpoints =
                rooms.networks()
                        .attached(container.id())
                        .map(Attached::endpoints)
                        .orElse(List.of());
        events.network("disconnect", container.record(), endpoints);
        events.volumesUnmounted(container.record());
    }

    private void announce(Container container, ExitStatus status) {
        ContainerRecord record = container.record();
        ContainerState.Exited last = record.state().lastExit();
        Map<String, String> attributes = new LinkedHashMap<>();
        Instant started = last == null ? null : last.startedAt();
        attributes.put(
                "execDuration",
                String.valueOf(
                        started == null || last == null
                                ? 0
                                : Duration.between(started, last.finishedAt()).toSeconds()));
        attributes.put("exitCode", String.valueOf(status.shellCode()));
        events.publish(record, "die", attributes);
        container.announceExit(status);
    }

    private void cleanUp(Container container, ContainerHandle handle) {
        String id = container.id();
        try {
            handle.delete();
            rooms.networks().detach(id);
            FileTrees.delete(rooms.files().runDir(id));
            FileTrees.delete(rooms.files().execsDir(id));
        } catch (CarafeException | ErrnoException | IOException e) {
            LOG.log(
                    Level.WARNING,
                    "container "
                            + id
                            + " left something behind; the next start of the daemon removes it",
                    e);
        } finally {
            container.forgetRun();
        }
    }
}
