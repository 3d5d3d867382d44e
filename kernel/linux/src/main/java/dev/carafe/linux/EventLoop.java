package dev.carafe.linux;

import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/// One epoll(7) set and the platform thread that serves it. Pipes, terminals and pidfds are waited
/// for here, since a blocking read(2) on a virtual thread pins its carrier. Handlers run on the
/// loop's thread one after the other: they must not block. All methods may be called from any
/// thread.
///
/// Close a {@link Registration} before its descriptor. An exception of a handler is logged here and
/// ends its registration, since a level-triggered event nobody takes would come back for ever.
public final class EventLoop implements AutoCloseable {
    public static final int IN = 1;
    public static final int OUT = 4;
    public static final int ERR = 8;
    public static final int HUP = 16;
    public static final int RDHUP = 0x2000;
    public static final int ONESHOT = 1 << 30;
    public static final int EDGE = 1 << 31;

    private static final System.Logger LOG = System.getLogger(EventLoop.class.getName());
    private static final long WAKE = 0;

    private final Epoll epoll = new Epoll();
    private final Fd wake = Pipes.eventfd(0, Pipes.EFD_NONBLOCK);
    private final Map<Long, Registration> registrations = new ConcurrentHashMap<>();
    private final AtomicLong nextKey = new AtomicLong(WAKE + 1);
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean wakePending = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean closed;

    public EventLoop() {
        this("carafe-events");
    }

    /// Starts the loop on a daemon thread of this name.
    public EventLoop(String threadName) {
        epoll.add(wake.number(), IN, WAKE);
        thread = Thread.ofPlatform().name(threadName).daemon().start(this::run);
    }

    /// A watched descriptor. After {@link #close} no new call of its handler begins; one that runs
    /// on the loop's thread at that moment ends by itself.
    public final class Registration implements AutoCloseable {
        private final long key;
        private final int number;
        private final IntConsumer handler;
        private final AtomicBoolean ended = new AtomicBoolean();

        private Registration(long key, int number, IntConsumer handler) {
            this.key = key;
            this.number = number;
            this.handler = handler;
        }

        /// Watches for other events from now on; 0 pauses (ERR and HUP still come).
        public void modify(int events) {
            if (!ended.get()) {
                epoll.modify(number, events, key);
            }
        }

        @Override
        public void close() {
            if (ended.compareAndSet(false, true)) {
                registrations.remove(key);
                epoll.remove(number);
            }
        }
    }

    /// Calls `handler` with the ready events (IN, OUT, HUP...) whenever the descriptor is ready:
    /// level-triggered.
    ///
    /// @throws ErrnoException EPERM for descriptors that are always ready (regular files), EEXIST
    ///   for a second watch
    public Registration watch(Fd fd, int events, IntConsumer handler) {
        Registration registration =
                new Registration(nextKey.getAndIncrement(), fd.number(), handler);
        registrations.put(registration.key, registration);
        try {
            epoll.add(registration.number, events, registration.key);
        } catch (RuntimeException e) {
            registrations.remove(registration.key);
            throw e;
        }
        return registration;
    }

    /// Runs the task on the loop's thread, soon. Tasks of a closed loop are dropped.
    public void execute(Runnable task) {
        tasks.add(task);
        if (!onLoopThread() && wakePending.compareAndSet(false, true)) {
            wakeUp();
        }
    }

    /// Whether the caller is a handler or task.
    public boolean onLoopThread() {
        return Thread.currentThread() == thread;
    }

    /// Ends the thread and waits for it (unless a handler calls this). Registrations end, their
    /// descriptors stay open.
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            wakeUp();
        }
        if (!onLoopThread()) {
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void wakeUp() {
        if (wake.isOpen()) {
            Pipes.signal(wake);
        }
    }

    private void run() {
        try {
            while (!closed) {
                epoll.await(tasks.isEmpty() ? -1 : 0, this::dispatch);
                runTasks();
            }
        } finally {
            registrations.clear();
            synchronized (this) {
                closed = true;
                wake.close();
            }
            epoll.close();
        }
    }

    private void dispatch(long key, int events) {
        if (key == WAKE) {
            Pipes.read(wake, new byte[8]);
            wakePending.set(false);
            return;
        }
        Registration registration = registrations.get(key);
        if (registration == null || registration.ended.get()) {
            return;
        }
        try {
            registration.handler.accept(events);
        } catch (Throwable t) {
            LOG.log(Level.ERROR, "an event handler failed; its descriptor is watched no more", t);
            registration.close();
        }
    }

    // only the tasks there are now: one that adds another must not keep events from being served
    private void runTasks() {
        for (int left = tasks.size(); left > 0; left--) {
            Runnable task = tasks.poll();
            if (task == null) {
                return;
            }
            try {
                task.run();
            } catch (Throwable t) {
                LOG.log(Level.ERROR, "a task of the event loop failed", t);
            }
        }
    }
}
