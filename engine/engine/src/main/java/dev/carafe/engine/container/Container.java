package dev.carafe.engine.container;

import dev.carafe.base.Aside;
import dev.carafe.base.Conflict;
import dev.carafe.base.Subject;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.engine.state.ExitStatus;
import dev.carafe.engine.state.Health;
import dev.carafe.engine.state.LifeEvent;
import dev.carafe.engine.state.Transitions;
import dev.carafe.engine.streams.StreamHub;
import dev.carafe.runtime.ContainerHandle;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The owner of one container. Who changes it holds its lock ({@link #whileLocked}): decide,
/// persist, act, announce. Readers take {@link #record}, an immutable snapshot, and wait for
/// nothing.
public final class Container {
    private final ContainerFiles files;
    private final ReentrantLock lock = new ReentrantLock();
    private final StreamHub streams;
    private final CompletableFuture<ExitStatus> removed = new CompletableFuture<>();
    private final List<CompletableFuture<ExitStatus>> exitWaiters = new CopyOnWriteArrayList<>();
    private final AtomicInteger holders = new AtomicInteger();
    private volatile CompletableFuture<Void> ending = CompletableFuture.completedFuture(null);
    private volatile ContainerRecord record;

    /// The record says more than its file.
    private boolean unsaved;

    private volatile @Nullable ContainerHandle handle;
    private volatile List<String> secretEnv = List.of();

    /// Of the present run, and told as events.
    private long oomKillsTold;

    private volatile CompletableFuture<Void> ended = CompletableFuture.completedFuture(null);

    Container(ContainerFiles files, ContainerRecord record, StreamHub streams) {
        this.files = files;
        this.record = record;
        this.streams = streams;
    }

    public String id() {
        return record.id();
    }

    public String name() {
        return record.name();
    }

    public ContainerRecord record() {
        return record;
    }

    public ContainerState state() {
        return record.state();
    }

    public StreamHub streams() {
        return streams;
    }

    /// Variables of the next run that are not part of the record.
    public void secretEnv(List<String> lines) {
        secretEnv = List.copyOf(lines);
    }

    List<String> secretEnv() {
        return secretEnv;
    }

    /// Its processes, while there are any.
    public @Nullable ContainerHandle handle() {
        return handle;
    }

    /// @throws Conflict `container <id> is not running`
    public ContainerHandle running() {
        ContainerHandle now = handle;
        if (now == null || !state().isRunning()) {
            throw new Conflict(subject(), "container " + id() + " is not running");
        }
        return now;
    }

    /// @throws Conflict it waits to be restarted
    public void notRestarting() {
        if (state() instanceof ContainerState.Restarting) {
            throw new Conflict(
                    subject(),
                    "Container " + id() + " is restarting, wait until the container is running");
        }
    }

    public Subject subject() {
        return new Subject("container", id());
    }

    /// Completes when the present run is over and all its traces are gone; at once when it does not
    /// run.
    public CompletableFuture<Void> ended() {
        return ended;
    }

    /// Completes at the end of the present or next run.
    public CompletableFuture<ExitStatus> nextExit() {
        CompletableFuture<ExitStatus> waiter = new CompletableFuture<>();
        exitWaiters.add(waiter);
        waiter.whenComplete((s, e) -> exitWaiters.remove(waiter));
        return waiter;
    }

    /// Completes with the last exit when it has been removed.
    public CompletableFuture<ExitStatus> removed() {
        return removed;
    }

    /// While somebody holds it, an end does not remove it by itself: who brings it down says what
    /// becomes of it.
    public Hold hold() {
        holders.incrementAndGet();
        return holders::decrementAndGet;
    }

    boolean isHeld() {
        return holders.get() > 0;
    }

    /// To be closed once.
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /// Runs an act of its owner.
    public <T extends @Nullable Object> T whileLocked(Act<T> act) {
        lock.lock();
        try {
            return act.run();
        } finally {
            lock.unlock();
        }
    }

    /// The end of a run is seen by readers before all that the run held is given back.
    ///
    /// @return to be completed when it is
    CompletableFuture<Void> beginEnding() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        ending = done;
        return done;
    }

    /// Done when no end of a run is under way.
    CompletableFuture<Void> ending() {
        return ending;
    }

    /// As {@link #whileLocked}, for an act without a result.
    public void locked(Runnable act) {
        lock.lock();
        try {
            act.run();
        } finally {
            lock.unlock();
        }
    }

    /// Something that only the owner may do.
    @FunctionalInterface
    public interface Act<T extends @Nullable Object> {
        T run();
    }

    /// Whether an owner is at work, so that the state may change any moment.
    boolean busy() {
        return lock.isLocked();
    }

    /// Moves to the state that follows from the event, durably. The lock must be held.
    ///
    /// @throws Conflict when the event is not allowed now
    void move(LifeEvent event) {
        move(event, r -> r);
    }

    /// As {@link #move(LifeEvent)}, with something else that becomes true by it.
    void move(LifeEvent event, UnaryOperator<ContainerRecord> also) {
        ContainerState next = after(event);
        change(r -> also.apply(r.with(next)));
    }

    /// Begins to make the state durable that a start leads to, while the start is under way; what
    /// readers see does not change yet. Whoever reads the state file before {@link #settle} finds a
    /// running container, and asks the runtime what became of it. The lock must be held.
    ///
    /// @return to be awaited before the container is let run
    Aside<Boolean> saveAhead(LifeEvent.Started event) {
        ContainerRecord ahead = record.starting(after(event));
        return Aside.start(() -> files.save(ahead));
    }

    /// Moves to the state that follows from an event whose effect {@link #saveAhead} made durable,
    /// but for the process' numbers: those are the runtime's to keep. The lock must be held.
    void settle(LifeEvent.Started event) {
        record = record.with(after(event));
    }

    /// The start that was under way when the record was written did not come to an end. The lock
    /// must be held.
    void undoStart() {
        change(ContainerRecord::notStarted);
    }

    /// Puts in the process' numbers, which the state file need not have. The lock must be held.
    void refresh(int pid, long startTicks) {
        ContainerState state = state();
        ContainerState.Running known = state.process();
        if (known != null) {
            ContainerState.Running run =
                    new ContainerState.Running(pid, startTicks, known.startedAt());
            record =
                    record.with(
                            state instanceof ContainerState.Paused
                                    ? new ContainerState.Paused(run)
                                    : run);
        }
    }

    private ContainerState after(LifeEvent event) {
        return Transitions.next(state(), event)
                .orElseThrow(() ->
                        new Conflict(subject(), "container " + id() + " is " + state().word()));
    }

    /// Replaces the durable record. The lock must be held.
    void change(UnaryOperator<ContainerRecord> change) {
        ContainerRecord next = change.apply(record);
        files.save(next);
        record = next;
        unsaved = false;
    }

    /// What a check said. Durable when the status changed; else with the next change, or when the
    /// engine closes. The lock must be held.
    public void health(Health now) {
        Health before = record.health();
        if (before == null || before.status() != now.status()) {
            change(r -> r.health(now));
        } else {
            record = record.health(now);
            unsaved = true;
        }
    }

    /// The removal begins. It becomes durable by the record's own removal, which is the next step.
    /// The lock must be held.
    ///
    /// @throws Conflict it runs, or its removal is under way
    void beginRemoval() {
        ContainerState next =
                Transitions.next(state(), new LifeEvent.RemovalBegun())
                        .orElseThrow(() ->
                                new Conflict(
                                        subject(),
                                        "removal of container "
                                                + id()
                                                + " is already in progress"));
        record = record.with(next);
    }

    /// Kills for want of memory in this run that events told of. The lock must be held.
    long oomKillsTold() {
        return oomKillsTold;
    }

    void tellOomKills(long kills) {
        oomKillsTold = kills;
    }

    /// A run begins. The lock must be held.
    void adopt(ContainerHandle newHandle) {
        oomKillsTold = 0;
        handle = newHandle;
        ended = new CompletableFuture<>();
    }

    /// The run is over: whoever waits for an exit is told.
    void announceExit(ExitStatus status) {
        exitWaiters.forEach(w -> w.complete(status));
    }

    /// All traces of the run are gone.
    void forgetRun() {
        handle = null;
        streams.log().signal();
        ended.complete(null);
    }

    /// The engine closes: the container lives on for the next one. What an owner is doing is waited
    /// for; an end that is noticed from now on is the next engine's to handle.
    public void letGo() {
        locked(() -> {
            streams.close();
            if (unsaved) {
                change(r -> r);
            }
            ContainerHandle now = handle;
            handle = null;
            if (now != null) {
                now.close();
            }
        });
    }

    void announceRemoval(ExitStatus status) {
        removed.complete(status);
        announceExit(status);
    }
}
