package dev.carafe.engine.streams;

import dev.carafe.engine.logs.LogWriter;
import dev.carafe.engine.logs.Spares;
import dev.carafe.engine.logs.StreamKind;
import dev.carafe.linux.EventLoop;
import dev.carafe.runtime.Stdio;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The output of one run of a process. The event loop tells when there is some; a virtual thread
/// then pumps until there is none, one at a time. Thread-safe.
final class Run {
    private static final System.Logger LOG = System.getLogger(Run.class.getName());
    private static final int STEPS_A_TURN = 64;
    private final EventLoop loop;
    private final LogWriter log;
    private final Spares<Workbench> benches;
    private final boolean mayNap;

    /// Held while bytes are moved; the same for all runs of a process.
    private final ReentrantLock pumping;

    private final List<Watched> watched = new ArrayList<>();

    private static final class Watched {
        final Pump pump;
        final Pace pace = new Pace();
        EventLoop.@Nullable Registration registration;
        boolean over;

        Watched(Pump pump) {
            this.pump = pump;
        }
    }

    Run(
            EventLoop loop,
            LogWriter log,
            Spares<Workbench> benches,
            ReentrantLock pumping,
            Stdio stdio,
            Pump.Delivery delivery) {
        this.loop = loop;
        this.log = log;
        this.benches = benches;
        this.pumping = pumping;
        this.mayNap = log.keeps() && stdio.stderr() != null;
        watched.add(
                new Watched(
                        new Pump(
                                StreamKind.STDOUT,
                                stdio.stdout(),
                                stdio.outJournal(),
                                log,
                                delivery)));
        if (stdio.stderr() != null) {
            watched.add(
                    new Watched(
                            new Pump(
                                    StreamKind.STDERR,
                                    stdio.stderr(),
                                    stdio.errJournal(),
                                    log,
                                    delivery)));
        }
    }

    /// @param recovered the journals may hold what an earlier engine had in flight
    void start(boolean recovered) {
        pumping.lock();
        try {
            log.begin();
            if (recovered && log.keeps()) {
                recover();
            }
            watched.forEach(w ->
                    w.registration =
                            loop.watch(
                                    w.pump.source(),
                                    EventLoop.IN | EventLoop.ONESHOT,
                                    e -> ready(w)));
        } finally {
            pumping.unlock();
        }
    }

    private void recover() {
        Pump out = watched.getFirst().pump;
        Pump err = watched.getLast().pump;
        LogWriter.Drained drained =
                log.recover(out.journalBytes(), err == out ? 0 : err.journalBytes());
        Workbench bench = benches.take();
        try {
            out.recover(bench, drained.outBytes());
            if (err != out) {
                err.recover(bench, drained.errBytes());
            }
        } finally {
            benches.giveBack(bench);
        }
    }

    /// On the loop's thread: must not block.
    private void ready(Watched w) {
        Thread.startVirtualThread(() -> pump(w));
    }

    private void pump(Watched w) {
        try {
            for (long nap = turn(w); nap > 0; nap = turn(w)) {
                Thread.sleep(Duration.ofNanos(nap));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Moves what there is, and has the loop watch on.
    ///
    /// @return how many nanoseconds later to look again instead; 0: the loop tells
    private long turn(Watched w) {
        pumping.lock();
        try {
            EventLoop.Registration registration = w.registration;
            if (registration == null) {
                return 0;
            }
            long before = w.pump.moved();
            Pump.Step step = move(w, STEPS_A_TURN);
            if (step == Pump.Step.END) {
                stop(w);
                return 0;
            }
            long nap =
                    mayNap && step == Pump.Step.NOTHING_NOW
                            ? w.pace.after(w.pump.moved() - before)
                            : 0;
            if (nap == 0) {
                registration.modify(EventLoop.IN | EventLoop.ONESHOT);
            }
            return nap;
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a stream can't be read any more", e);
            stop(w);
            return 0;
        } finally {
            pumping.unlock();
        }
    }

    private Pump.Step move(Watched w, int steps) {
        Workbench bench = benches.take();
        try {
            Pump.Step step = Pump.Step.MORE;
            for (int i = 0; i < steps && step == Pump.Step.MORE; i++) {
                step = w.pump.step(bench);
            }
            return step;
        } finally {
            benches.giveBack(bench);
        }
    }

    /// Takes what is left, also when a child of the process keeps its streams open.
    void finish() {
        pumping.lock();
        try {
            for (Watched w : watched) {
                if (!w.over) {
                    move(w, Integer.MAX_VALUE);
                }
                stop(w);
                flush(w.pump);
            }
        } finally {
            pumping.unlock();
        }
    }

    private void flush(Pump pump) {
        Workbench bench = benches.take();
        try {
            pump.flush(bench);
        } finally {
            benches.giveBack(bench);
        }
    }

    /// Stops reading at once.
    void stop() {
        pumping.lock();
        try {
            watched.forEach(Run::stop);
        } finally {
            pumping.unlock();
        }
    }

    private static void stop(Watched w) {
        w.over = true;
        EventLoop.Registration registration = w.registration;
        w.registration = null;
        if (registration != null) {
            registration.close();
        }
    }
}
