package dev.carafe.engine.streams;

import dev.carafe.engine.logs.LogWriter;
import dev.carafe.engine.logs.Spares;
import dev.carafe.engine.logs.StreamKind;
import dev.carafe.linux.EventLoop;
import dev.carafe.runtime.Stdio;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The streams of one container or exec: exists from before its start to after its end, over
/// restarts. Joins clients, the process' stdin ({@link Connection}) and its output ({@link Run}).
/// Thread-safe.
public final class StreamHub implements AutoCloseable {
    private static final long CHECK_SECONDS = 5;
    private final EventLoop loop;
    private final boolean tty;
    private final LogWriter log;
    private final Spares<Workbench> benches;
    private final List<Client> clients = new CopyOnWriteArrayList<>();
    private final ReentrantLock pumping = new ReentrantLock();

    /// Guards what follows.
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition connectedOrClosed = lock.newCondition();
    private @Nullable Live live;
    private boolean stdinEnds;
    private boolean closed;

    /// A process' input and output.
    private record Live(Connection connection, Run run) {}

    StreamHub(EventLoop loop, Spares<Workbench> benches, boolean tty, LogWriter log) {
        this.loop = loop;
        this.benches = benches;
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
        Connection connection = new Connection(loop, stdio, closeStdin);
        Run run = new Run(loop, log, benches, pumping, stdio, this::deliver);
        run.start(recovered);
        boolean end;
        lock.lock();
        try {
            live = new Live(connection, run);
            end = stdinEnds;
            connectedOrClosed.signalAll();
        } finally {
            lock.unlock();
        }
        if (end) {
            connection.closeStdin();
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
            while (live == null) {
                if (closed || !client.isOpen()) {
                    throw new IOException("not connected");
                }
                boolean unused = connectedOrClosed.await(CHECK_SECONDS, TimeUnit.SECONDS);
            }
            return live.connection();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    void closeStdin() {
        @Nullable Connection now;
        lock.lock();
        try {
            now = live == null ? null : live.connection();
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
            return live != null;
        } finally {
            lock.unlock();
        }
    }

    /// The process has ended: takes what is left in its pipes, also when a child of it keeps them
    /// open. Sessions are given it and go on until {@link #endSessions}.
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
        Live over = disconnect();
        if (over == null) {
            return;
        }
        over.connection().release();
        clients.forEach(Client::lift);
        over.run().finish();
        log.signal();
    }

    /// Ends all sessions when they have been given what came. Clients ask for the exit status as
    /// soon as their session ends, so it must be known before.
    public void endSessions() {
        clients.forEach(Client::finish);
    }

    private @Nullable Live disconnect() {
        lock.lock();
        try {
            Live over = live;
            live = null;
            stdinEnds = false;
            return over;
        } finally {
            lock.unlock();
        }
    }

    /// Stops reading at once. What was not read stays in the pipes and journals, for the next
    /// engine.
    @Override
    public void close() {
        Live over = disconnect();
        lock.lock();
        try {
            closed = true;
            connectedOrClosed.signalAll();
        } finally {
            lock.unlock();
        }
        clients.forEach(Client::lift);
        if (over != null) {
            over.connection().release();
            over.run().stop();
        }
        pumping.lock();
        try {
            log.close();
        } finally {
            pumping.unlock();
        }
        endSessions();
    }
}
