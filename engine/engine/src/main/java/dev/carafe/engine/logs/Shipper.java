package dev.carafe.engine.logs;

import dev.carafe.engine.logs.ship.Destination;
import dev.carafe.engine.logs.ship.Message;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Follows a log and sends what is written, on a thread of its own: a service that is slow or away
/// never holds the container up, and gets everything when it is back, as long as the log keeps it.
final class Shipper implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Shipper.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(10);
    private static final Duration DRAIN = Duration.ofSeconds(2);
    private static final long SAVE_NANOS = Duration.ofSeconds(1).toNanos();

    private final LogWriter log;
    private final Path cursorFile;
    private final Destination destination;
    private final String what;
    private volatile boolean running;
    private volatile boolean closed;
    private volatile boolean away;
    private @Nullable Thread thread;
    private long savedAt;

    /// @param cursorFile remembers how far it has come
    /// @param what for messages: `the log of container 0123`
    Shipper(LogWriter log, Path cursorFile, Destination destination, String what) {
        this.log = log;
        this.cursorFile = cursorFile;
        this.destination = destination;
        this.what = what;
    }

    /// A process writes from now on, or wrote what was not sent yet.
    ///
    /// @param live whether one writes
    synchronized void start(boolean live) {
        running = live;
        if (thread == null && !closed) {
            thread = Thread.ofVirtual().name("carafe-ship").start(this::work);
        }
    }

    /// The process has ended: what is left is sent, and then the thread ends.
    void ended() {
        running = false;
    }

    private void work() {
        try {
            Cursor cursor = Cursor.at(cursorFile);
            Duration pause = FIRST_PAUSE;
            do {
                long before = cursor.nanos();
                away = false;
                pass(cursor);
                cursor.save();
                pause = cursor.nanos() > before ? FIRST_PAUSE : longer(pause);
                if (away && !closed) {
                    Thread.sleep(pause);
                }
            } while (!closed && (away || !over()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, what + " is not shipped any more", e);
        } finally {
            destination.close();
        }
    }

    /// Ends the thread, unless a process has begun to write meanwhile.
    private synchronized boolean over() {
        if (running) {
            return false;
        }
        thread = null;
        return true;
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LAST_PAUSE) > 0 ? LAST_PAUSE : twice;
    }

    private void pass(Cursor cursor) {
        LogQuery query = LogQuery.all().following();
        if (cursor.nanos() > 0) {
            query = query.withSince(Instant.ofEpochSecond(0, cursor.nanos() + 1));
        }
        LogSink sink =
                new LogSink() {
                    @Override
                    public void accept(LogRecord record) throws IOException {
                        ship(record, cursor);
                    }

                    @Override
                    public void idle() throws IOException {
                        save(cursor, 0);
                    }
                };
        log.read(query, sink, () -> running && !closed);
    }

    private void ship(LogRecord record, Cursor cursor) throws IOException {
        if (closed && running) {
            throw new IOException("closed");
        }
        byte[] line = record.line();
        boolean whole = line.length > 0 && line[line.length - 1] == '\n';
        byte[] text = whole ? Arrays.copyOf(line, line.length - 1) : line;
        try {
            destination.send(
                    new Message(
                            record.stream() == StreamKind.STDERR,
                            text,
                            record.time(),
                            whole,
                            cursor.next()));
        } catch (IOException e) {
            if (!away) {
                LOG.log(
                        Level.WARNING,
                        "{0} waits, its service can''t be reached: {1}",
                        what,
                        e.getMessage());
            }
            away = true;
            throw e;
        }
        cursor.taken(record.nanos());
        save(cursor, SAVE_NANOS);
    }

    private void save(Cursor cursor, long atLeast) throws IOException {
        long now = System.nanoTime();
        if (now - savedAt >= atLeast) {
            savedAt = now;
            cursor.save();
        }
    }

    /// Of a process that has ended the rest is sent if the service takes it now; of one that goes
    /// on, the next daemon sends it.
    @Override
    public void close() {
        Thread busy;
        boolean hopeless;
        synchronized (this) {
            busy = thread;
            hopeless = away;
            closed = running || hopeless;
        }
        log.signal();
        try {
            if (busy != null && (hopeless || !busy.join(DRAIN))) {
                busy.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closed = true;
    }
}
