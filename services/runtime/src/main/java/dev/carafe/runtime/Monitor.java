package dev.carafe.runtime;

import dev.carafe.base.Canceled;
import dev.carafe.base.Conflict;
import dev.carafe.base.DataLoss;
import dev.carafe.base.DeadlineExceeded;
import dev.carafe.base.Internal;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.EventLoop;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Pipes;
import dev.carafe.linux.Processes;
import dev.carafe.linux.Pty;
import dev.carafe.runtime.plan.LaunchPlan;
import dev.carafe.runtime.plan.Report;
import dev.carafe.runtime.plan.Step;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Our side of a monitor: reads its reports and notices its end, both on the event loop.
/// Thread-safe.
final class Monitor implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Monitor.class.getName());
    private static final Duration GOING = Duration.ofSeconds(10);

    /// The descriptors shared with a monitor.
    record Ends(Fd report, Fd start, Fd release, Fd control, Stdio stdio) implements AutoCloseable {
        @Override
        public void close() {
            report.close();
            start.close();
            release.close();
            control.close();
            stdio.close();
        }
    }

    private final EventLoop loop;
    private final String what;
    private final int pid;
    private final Fd pidfd;
    private final Ends ends;
    private volatile Stdio stdio;
    private final Path runDir;
    private final @Nullable LaunchPlan plan;
    private final IntConsumer idMaps;
    private final Consumer<Monitor> whenGone;
    private final CompletableFuture<Integer> created = new CompletableFuture<>();
    private final CompletableFuture<Integer> started = new CompletableFuture<>();
    private final CompletableFuture<Exit> exited = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> gone = new CompletableFuture<>();
    private EventLoop.@Nullable Registration reports;
    private EventLoop.@Nullable Registration life;
    private boolean closed;

    /// @param what for messages: `container 0123`
    /// @param plan to explain failures with; null for one that was recovered
    /// @param idMaps writes the id maps of the process it is given
    Monitor(
            EventLoop loop,
            String what,
            int pid,
            Fd pidfd,
            Ends ends,
            Path runDir,
            @Nullable LaunchPlan plan,
            IntConsumer idMaps,
            Consumer<Monitor> whenGone) {
        this.loop = loop;
        this.what = what;
        this.pid = pid;
        this.pidfd = pidfd;
        this.ends = ends;
        this.stdio = ends.stdio();
        this.runDir = runDir;
        this.plan = plan;
        this.idMaps = idMaps;
        this.whenGone = whenGone;
    }

    /// Begins to listen.
    synchronized void watch() {
        Pipes.setNonBlocking(ends.report(), true);
        reports = loop.watch(ends.report(), EventLoop.IN, events -> onReport());
        life = loop.watch(pidfd, EventLoop.IN, events -> onEnd());
    }

    /// Begins to listen to one that was there before; what is known already is known at once.
    void resume() {
        if (RunFile.started(runDir)) {
            created.complete(pid);
            started.complete(pid);
        }
        RunFile.exit(runDir).ifPresent(exited::complete);
        watch();
    }

    int pid() {
        return pid;
    }

    Fd pidfd() {
        return pidfd;
    }

    Path runDir() {
        return runDir;
    }

    Stdio stdio() {
        return stdio;
    }

    /// A terminal that was made by another program, in place of the streams known before.
    synchronized void take(Stdio terminal) {
        if (closed) {
            terminal.close();
            throw new Internal("the handle of " + what + " was closed");
        }
        stdio = terminal;
    }

    /// Completed with the pid of the container's first process, which waits for {@link #letStart};
    /// or with {@link StartFailed}.
    CompletableFuture<Integer> created() {
        return created;
    }

    /// Completed once the program runs (for execs with its pid); or with {@link StartFailed}.
    CompletableFuture<Integer> started() {
        return started;
    }

    CompletableFuture<Exit> exited() {
        return exited;
    }

    void letStart() {
        Pipes.signal(ends.start());
    }

    synchronized void closeStdin() {
        if (!closed && stdio.stdin() != null && stdio.stderr() != null) {
            stdio.stdin().close();
            Pipes.signal(ends.control());
        }
    }

    synchronized void resize(int rows, int columns) {
        if (!closed && stdio.stderr() == null && stdio.stdout().isOpen()) {
            Pty.resize(stdio.stdout(), rows, columns);
        }
    }

    /// Lets it go once its process has ended.
    synchronized void release() {
        if (!closed && !gone.isDone()) {
            Pipes.signal(ends.release());
        }
    }

    synchronized void kill() {
        if (pidfd.isOpen()) {
            Processes.pidfdSendSignal(pidfd, Processes.SIGKILL);
        }
    }

    /// Waits until it is gone, and what it held is; kills it when it does not go by itself.
    void awaitGone() {
        if (!within(GOING)) {
            LOG.log(Level.WARNING, "the monitor of {0} does not end and is killed", what);
            kill();
            if (!within(GOING)) {
                throw new Internal("the monitor of " + what + " (pid " + pid + ") can't be killed");
            }
        }
    }

    /// Waits for `future`, turning what went wrong into what it is for callers.
    static <T> T await(CompletableFuture<T> future, Duration deadline, String what) {
        try {
            return future.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new Internal(what + ": " + e.getCause());
        } catch (TimeoutException e) {
            throw new DeadlineExceeded(what + " took longer than " + deadline.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Canceled(what + " was interrupted");
        }
    }

    static Conflict ended(String what) {
        return new Conflict(what + " is not running");
    }

    /// Closes what is shared with it. Its end is still waited for, so that it is reaped when it is
    /// our child.
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            if (reports != null) {
                reports.close();
            }
            ends.close();
            stdio.close();
            if (gone.isDone()) {
                pidfd.close();
            }
        }
        failUnlessDone(() -> new Internal("the handle of " + what + " was closed"));
        // who waits for the exit is not told a failure: the process lives on, and nobody may clean
        // up after it
    }

    /// Closes everything; it is waited for no more.
    void abandon() {
        close();
        synchronized (this) {
            if (life != null) {
                life.close();
            }
            pidfd.close();
        }
    }

    private boolean within(Duration time) {
        try {
            gone.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return gone.isDone();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return gone.isDone();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void onReport() {
        byte[] record = new byte[Report.SIZE];
        int n = closed ? 0 : Pipes.read(ends.report(), record);
        while (n == Report.SIZE) {
            take(Report.parse(record));
            n = closed ? 0 : Pipes.read(ends.report(), record);
        }
        if (n < 0 && reports != null) {
            // nobody will write any more, which the loop would tell for ever
            reports.close();
        }
    }

    private void take(Report report) {
        switch (report) {
            case Report.Failed failed -> fail(failure(failed));
            case Report.WantsMaps wants -> writeMaps(wants.pid());
            case Report.Created c -> created.complete(c.pid());
            case Report.Started s -> started.complete(s.pid());
            case Report.Refused r -> refuse(r);
            case Report.Exited e -> exited.complete(RunFile.exit(e));
        }
    }

    private void failUnlessDone(Supplier<Internal> why) {
        if (!created.isDone() || !started.isDone()) {
            Internal failure = why.get();
            created.completeExceptionally(failure);
            started.completeExceptionally(failure);
        }
    }

    /// What the runtime itself could not do was told before, by {@link Report.Failed}.
    private void refuse(Report.Refused refused) {
        if (!started.isCompletedExceptionally()) {
            fail(new Refused(refused.status()));
        }
    }

    /// Only the first failure counts: later ones follow from it.
    private void fail(RuntimeException failure) {
        created.completeExceptionally(failure);
        if (!started.completeExceptionally(failure)) {
            LOG.log(Level.WARNING, "the monitor of {0} failed: {1}", what, failure.getMessage());
        }
    }

    private StartFailed failure(Report.Failed failed) {
        if (plan == null) {
            return new StartFailed("step " + failed.step(), failed.errno());
        }
        Step step = plan.step(failed.step());
        return step.words() == null
                ? new StartFailed(step.label(), failed.errno())
                : new StartFailed(step.label(), failed.errno(), step.words());
    }

    private void writeMaps(int process) {
        try {
            // what a process says of itself is not believed
            if (Processes.parentOf(process).orElse(0) != pid) {
                throw new Internal(
                        "the monitor of " + what + " asks for the id maps of a stranger");
            }
            idMaps.accept(process);
            letStart();
        } catch (RuntimeException e) {
            fail(
                    e instanceof ErrnoException errno
                            ? new StartFailed("write the id maps", errno.errno())
                            : e);
        }
    }

    private void onEnd() {
        synchronized (this) {
            if (gone.isDone() || !pidfd.isOpen()) {
                return;
            }
            if (life != null) {
                life.close();
            }
        }
        onReport();
        reap();
        failUnlessDone(() -> new Internal("the monitor of " + what + " ended early"));
        if (!exited.isDone() && !isClosed()) {
            Optional<Exit> exit = RunFile.exit(runDir);
            exit.ifPresentOrElse(
                    exited::complete,
                    () ->
                            exited.completeExceptionally(
                                    new DataLoss(
                                            "the monitor of "
                                                    + what
                                                    + " was killed; the exit status is lost")));
        }
        synchronized (this) {
            gone.complete(null);
            if (closed) {
                pidfd.close();
            }
        }
        whenGone.accept(this);
    }

    private void reap() {
        try {
            Processes.tryWaitPid(pid);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ECHILD) {
                throw e;
            }
        }
    }
}
