package dev.carafe.engine.streams;

import dev.carafe.engine.logs.LogWriter;
import dev.carafe.engine.logs.StreamKind;
import dev.carafe.linux.EventLoop;
import dev.carafe.runtime.Stdio;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The streams of one container or exec: exists from before its start to after its end, over
/// restarts. The event loop tells when there is output; a virtual thread then pumps until there is
/// none, one at a time. Thread-safe.
public final class StreamHub implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(StreamHub.class.getName());
    private static final int STEPS_A_TURN = 64;
    private static final long CHECK_SECONDS = 5;
    private final EventLoop loop;
    private final boolean tty;
    private final LogWriter log;
    private final List<Client> clients = new CopyOnWriteArrayList<>();

    /// Held while bytes are moved.
    private final ReentrantLock pumping = new ReentrantLock();

    /// Guards the connection.
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition connectedOrClosed = lock.newCondition();
    private @Nullable Connection connection;
    private @Nullable Scratch scratch;
    private final List<Watched> watched = new ArrayList<>();
    private boolean stdinEnds;
    private boolean closed;

    private static final class Watched {
        final Pump pump;
        EventLoop.@Nullable Registration registration;
        boolean over;

        Watched(Pump pump) {
            this.pump = pump;
        }
    }

    public StreamHub(EventLoop loop, boolean tty, LogWriter log) {
        this.loop = loop;
        this.tty = tty;
        this.log = log;
    }

    public boolean tty() {
        return tty;
    }

    public LogWriter log() {
        return log;
    }

    /// Connects a process about to start, or one found running.
    ///
    /// @param closeStdin lets the monitor close its end of stdin
    /// @param recovered the journals may hold what an earlier engine had in flight
    public void connect(Stdio stdio, Runnable closeStdin, boolean recovered) {
        Connection now = new Connection(loop, stdio, closeStdin);
        pumping.lock();
        try {
            scratch = log.keeps() ? new Scratch() : null;
            watched.clear();
            watched.add(
                    new Watched(
                            new Pump(
                                    StreamKind.STDOUT,
                                    stdio.stdout(),
                                    stdio.outJournal(),
                                    log,
                                    this::deliver)));
            if (stdio.stderr() != null) {
                watched.add(
                        new Watched(
                                new Pump(
                                        StreamKind.STDERR,
                                        stdio.stderr(),
                                        stdio.errJournal(),
                                        log,
                                        this::deliver)));
            }
            if (recovered) {
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
        boolean end;
        lock.lock();
        try {
            connection = now;
            end = stdinEnds;
            connectedOrClosed.signalAll();
        } finally {
            lock.unlock();
        }
        if (end) {
            now.closeStdin();
        }
    }

    private void recover() {
        Scratch pipe = scratch;
        if (pipe == null) {
            return;
        }
        log.recover(
                watched.getFirst().pump.journalBytes(),
                watched.size() > 1 ? watched.getLast().pump.journalBytes() : 0);
        watched.forEach(w -> w.pump.recover(pipe));
    }

    /// On the loop's thread: must not block.
    private void ready(Watched w) {
        Thread.startVirtualThread(() -> pump(w));
    }

    private void pump(Watched w) {
        pumping.lock();
        try {
            if (w.registration == null) {
                return;
            }
            Pump.Step step = move(w, STEPS_A_TURN);
            EventLoop.Registration registration = w.registration;
            if (step == Pump.Step.END) {
                stop(w);
            } else if (registration != null) {
                registration.modify(EventLoop.IN | EventLoop.ONESHOT);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a stream can't be read any more", e);
            stop(w);
        } finally {
            pumping.unlock();
        }
    }

    private Pump.Step move(Watched w, int steps) {
        Scratch pipe = scratch;
        Pump.Step step = Pump.Step.MORE;
        for (int i = 0; i < steps && step == Pump.Step.MORE; i++) {
            step = w.pump.step(pipe);
        }
        return step;
    }

    private static void stop(Watched w) {
        w.over = true;
        EventLoop.Registration registration = w.registration;
        w.registration = null;
        if (registration != null) {
            registration.close();
        }
    }

    private void deliver(StreamKind kind, byte[] data, int from, int to) {
        for (Client client : clients) {
            client.offer(kind, data, from, to);
        }
    }

    /// Attaches a client, also before there is a process: no byte that comes after this call is
    /// lost.
    public AttachSession attach(
            boolean stdin,
            boolean stdout,
            boolean stderr,
            boolean stdinOnce,
            @Nullable String detachKeys,
            OutputSink sink) {
        return attach(stdin, stdout, stderr, stdinOnce, detachKeys, to -> {}, sink);
    }

    /// What a client is given before the live output, on its own thread: it may be long, and the
    /// client may not have begun to read.
    @FunctionalInterface
    public interface Prelude {
        void give(OutputSink sink) throws IOException;
    }

    /// As above, with something before the live output.
    public AttachSession attach(
            boolean stdin,
            boolean stdout,
            boolean stderr,
            boolean stdinOnce,
            @Nullable String detachKeys,
            Prelude prelude,
            OutputSink sink) {
        DetachKeys keys = tty && stdin ? DetachKeys.parse(detachKeys) : null;
        Client client =
                new Client(
                        this,
                        stdin,
                        stdout,
                        stderr || (tty && stdout),
                        stdinOnce,
                        keys,
                        prelude,
                        sink);
        clients.add(client);
        return client;
    }

    /// Ends a session when it has been given what is queued and this text.
    public void end(AttachSession session, byte[] text) {
        if (session instanceof Client client) {
            client.offer(StreamKind.STDOUT, text, 0, text.length);
            client.finish();
        }
    }

    void remove(Client client) {
        clients.remove(client);
    }

    /// Blocks until there is a process and it has taken the bytes.
    void stdin(Client client, byte[] data, int offset, int length) throws IOException {
        awaitConnection(client).write(data, offset, length);
    }

    private Connection awaitConnection(Client client) throws IOException {
        lock.lock();
        try {
            while (connection == null) {
                if (closed || !client.isOpen()) {
                    throw new IOException("not connected");
                }
                boolean unused = connectedOrClosed.await(CHECK_SECONDS, TimeUnit.SECONDS);
            }
            return connection;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    void closeStdin() {
        Connection now;
        lock.lock();
        try {
            now = connection;
            stdinEnds = now == null;
        } finally {
            lock.unlock();
        }
        if (now != null) {
            now.closeStdin();
        }
    }

    public boolean connected() {
        lock.lock();
        try {
            return connection != null;
        } finally {
            lock.unlock();
        }
    }

    /// The process has ended: takes what is left in its pipes, also when a child of it keeps them
    /// open, and ends all sessions when they have been given it.
    ///
    /// @return completes when the log has everything
    public CompletableFuture<Void> finish() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                finishNow();
                done.complete(null);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private void finishNow() {
        Connection over = disconnect();
        if (over == null) {
            return;
        }
        over.release();
        clients.forEach(Client::lift);
        pumping.lock();
        try {
            for (Watched w : watched) {
                if (!w.over) {
                    move(w, Integer.MAX_VALUE);
                }
                if (scratch != null) {
                    w.pump.flush(scratch);
                }
                stop(w);
            }
            dropScratch();
        } finally {
            pumping.unlock();
        }
        log.signal();
        clients.forEach(Client::finish);
    }

    private @Nullable Connection disconnect() {
        lock.lock();
        try {
            Connection over = connection;
            connection = null;
            stdinEnds = false;
            return over;
        } finally {
            lock.unlock();
        }
    }

    private void dropScratch() {
        if (scratch != null) {
            scratch.close();
            scratch = null;
        }
    }

    /// Stops reading at once. What was not read stays in the pipes and journals, for the next
    /// engine.
    @Override
    public void close() {
        Connection over = disconnect();
        lock.lock();
        try {
            closed = true;
            connectedOrClosed.signalAll();
        } finally {
            lock.unlock();
        }
        if (over != null) {
            over.release();
        }
        clients.forEach(Client::lift);
        pumping.lock();
        try {
            watched.forEach(StreamHub::stop);
            dropScratch();
            log.close();
        } finally {
            pumping.unlock();
        }
        clients.forEach(Client::finish);
    }
}
