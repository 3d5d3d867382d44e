package dev.carafe.engine.container;

import dev.carafe.engine.state.ContainerState;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.EventLoop;
import dev.carafe.linux.Fd;
import dev.carafe.runtime.ContainerHandle;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Notices when the kernel kills processes of containers for want of memory. A container with a
/// memory limit is watched while it runs; of others it is seen at their end. Thread-safe.
final class OutOfMemory {
    private static final System.Logger LOG = System.getLogger(OutOfMemory.class.getName());

    /// The kernel tells that memory is short before it has killed: it is given these moments.
    private static final int[] LOOK_AGAIN_MILLIS = {0, 5, 50, 500};

    private final EventLoop loop;
    private final ContainerEvents events;
    private final Map<String, Watch> watches = new ConcurrentHashMap<>();

    OutOfMemory(EventLoop loop, ContainerEvents events) {
        this.loop = loop;
        this.events = events;
    }

    private record Watch(Fd fd, EventLoop.Registration registration) {
        void close() {
            registration.close();
            fd.close();
        }
    }

    /// Begins to watch, on a thread of its own.
    void watch(Container container, ContainerHandle handle) {
        if (container.record().host().resources().memoryBytes() > 0) {
            Thread.ofVirtual().name("oom-" + container.id()).start(() -> open(container, handle));
        }
    }

    private void open(Container container, ContainerHandle handle) {
        try {
            Optional<Fd> fd = handle.cgroup().oomEvents();
            container.locked(() -> {
                if (fd.isPresent() && container.handle() == handle) {
                    add(container, handle, fd.get());
                } else {
                    fd.ifPresent(Fd::close);
                }
            });
        } catch (ErrnoException e) {
            // It has ended meanwhile, or memory is not controlled: its end tells.
            LOG.log(Level.DEBUG, "memory of {0} is not watched: {1}", container.id(), e);
        }
    }

    private void add(Container container, ContainerHandle handle, Fd fd) {
        EventLoop.Registration registration =
                loop.watch(
                        fd,
                        EventLoop.IN | EventLoop.EDGE,
                        e ->
                                Thread.ofVirtual()
                                        .name("oom-" + container.id())
                                        .start(() -> look(container, handle)));
        Watch before = watches.put(container.id(), new Watch(fd, registration));
        if (before != null) {
            before.close();
        }
    }

    private void look(Container container, ContainerHandle handle) {
        if (Boolean.TRUE.equals(container.record().host().resources().oomKillDisable())) {
            // nobody is killed: that it stands still for want of memory is all there is to tell
            container.locked(() -> {
                if (container.handle() == handle) {
                    tell(container);
                }
            });
            return;
        }
        try {
            for (int millis : LOOK_AGAIN_MILLIS) {
                Thread.sleep(millis);
                boolean seen =
                        container.whileLocked(() ->
                                container.handle() != handle || look(container, kills(handle)));
                if (seen) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Tells of kills that were not told of. The lock must be held.
    ///
    /// @return whether there were any in this run
    private boolean look(Container container, long kills) {
        if (kills > container.oomKillsTold()) {
            container.tellOomKills(kills);
            tell(container);
        }
        return kills > 0;
    }

    private void tell(Container container) {
        if (container.state() instanceof ContainerState.Running) {
            container.change(ContainerRecord::ranOutOfMemory);
        }
        events.publish(container.record(), "oom");
    }

    /// At the end of a run, before it is announced: the last look, and the watch ends. The lock
    /// must be held.
    ///
    /// @return whether the kernel killed in it
    boolean finish(Container container, ContainerHandle handle) {
        close(container);
        return look(container, kills(handle));
    }

    void close(Container container) {
        Watch watch = watches.remove(container.id());
        if (watch != null) {
            watch.close();
        }
    }

    private static long kills(ContainerHandle handle) {
        try {
            return handle.cgroup().oomKills();
        } catch (ErrnoException e) {
            return 0;
        }
    }
}
