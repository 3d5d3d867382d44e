package dev.carafe.engine.container;

import dev.carafe.base.Internal;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Namespaces;
import dev.carafe.runtime.ContainerHandle;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Takes up what an earlier engine left: running containers go on, those that ended meanwhile get
/// their exact exit, half-made and half-removed ones are removed, and nothing that belongs to
/// nobody stays.
final class Recovery {
    private final Rooms rooms;
    private final ContainerRecovery.Steps steps;
    private final Restarts restarts;

    Recovery(Rooms rooms, ContainerRecovery.Steps steps, Restarts restarts) {
        this.rooms = rooms;
        this.steps = steps;
        this.restarts = restarts;
    }

    void run() {
        List<ContainerRecovery> found = atOnce(rooms.files().ids());
        Set<String> known =
                found.stream()
                        .filter(ContainerRecovery::isKnown)
                        .map(ContainerRecovery::id)
                        .collect(Collectors.toSet());
        for (String id : rooms.files().runIds()) {
            if (!known.contains(id)) {
                new ContainerRecovery(rooms, steps, id).removeStray();
            }
        }
        rooms.snapshots().keys().stream()
                .filter(k -> !known.contains(ImageMounts.owner(k)))
                .forEach(rooms.snapshots()::discard);
        Set<String> live =
                found.stream()
                        .filter(ContainerRecovery::isLive)
                        .map(ContainerRecovery::id)
                        .collect(Collectors.toSet());
        rooms.networks().recover(live, this::netnsOf);
        found.forEach(ContainerRecovery::finish);
        restarts.startWithDaemon(
                found.stream().flatMap(container -> container.toStart().stream()).toList());
    }

    /// Containers know nothing of each other here. Threads of the platform, as many as processors:
    /// most of it is system calls, which a virtual thread must not block in.
    private List<ContainerRecovery> atOnce(List<String> ids) {
        List<Callable<ContainerRecovery>> work =
                ids.stream().<Callable<ContainerRecovery>>map(id -> () -> taken(id)).toList();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(
                        Runtime.getRuntime().availableProcessors(),
                        Thread.ofPlatform().name("carafe-recovery-", 0).daemon().factory())) {
            return threads.invokeAll(work).stream().map(Recovery::result).toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Internal("interrupted while containers were taken up");
        }
    }

    private ContainerRecovery taken(String id) {
        ContainerRecovery container = new ContainerRecovery(rooms, steps, id);
        container.take();
        return container;
    }

    private static ContainerRecovery result(Future<ContainerRecovery> done) {
        try {
            return done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Internal("interrupted while containers were taken up");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException(e.getCause());
        }
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
}
