package dev.carafe.engine.logs;

import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A log in Docker's json-file format, with rotation. Beside it lies `<log>.state`, a few numbers
/// about the chunk in flight ({@link InFlight}).
///
/// The file is made when the container starts and opened at the first chunk: one that never ran has
/// none. A disk that can't take a record loses it and does not stop the container; what is lost is
/// told in the daemon's log.
public final class JsonFileLog implements LogWriter {
    private static final System.Logger LOG = System.getLogger(JsonFileLog.class.getName());

    /// The JDK copies through memory off the heap, which it keeps for the next time up to this
    /// size.
    private static final int PIECE = 1 << 16;

    private static final long SMALL_STEP_BACK = 1_000_000_000L;
    private final Path file;
    private final long maxBytes;
    private final byte[] attributes;
    private final Segments segments;
    private final Spares<JsonLines> encoders;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable FileChannel log;
    private @Nullable InFlight inFlight;
    private long size;
    private long lastTime;
    private boolean failing;
    private volatile long sequence;

    private JsonFileLog(Path file, LogFileOptions options, Spares<JsonLines> encoders) {
        this.file = file;
        this.maxBytes = options.maxBytes() < 0 ? Long.MAX_VALUE : options.maxBytes();
        this.attributes = options.attributes().getBytes(StandardCharsets.UTF_8);
        this.segments = new Segments(file, options);
        this.encoders = encoders;
    }

    /// What all logs of an engine share.
    static Spares<JsonLines> encoders() {
        return new Spares<>(4, JsonLines::new, e -> {});
    }

    static JsonFileLog open(Path file, LogFileOptions options, Spares<JsonLines> encoders) {
        return new JsonFileLog(file, options, encoders);
    }

    @Override
    public boolean keeps() {
        return true;
    }

    @Override
    public void begin() {
        if (!Files.exists(file)) {
            try {
                segments.append().close();
            } catch (IOException e) {
                fails(e);
            }
        }
    }

    @Override
    public int store(StreamKind stream, byte[] data, int from, int to, int journalBytes) {
        JsonLines lines = encoders.take();
        try {
            return store(lines, stream, data, from, to, journalBytes);
        } catch (IOException e) {
            fails(e);
            return to - from;
        } finally {
            encoders.giveBack(lines);
        }
    }

    private int store(
            JsonLines lines, StreamKind stream, byte[] data, int from, int to, int journalBytes)
            throws IOException {
        FileChannel channel = channel();
        if (size >= maxBytes) {
            channel = rotate(channel);
        }
        int taken =
                lines.encode(stream, data, from, to, time(), attributes, maxBytes - size) - from;
        lastTime += lines.records() - 1;
        state().begin(new InFlight.Chunk(size, stream, journalBytes, taken));
        try {
            for (int at = 0; at < lines.length(); ) {
                int piece = Math.min(PIECE, lines.length() - at);
                at += channel.write(ByteBuffer.wrap(lines.bytes(), at, piece));
            }
            size += lines.length();
            works();
        } catch (IOException e) {
            channel.truncate(size);
            fails(e);
        }
        return taken;
    }

    /// Later than the last record's, also when the clock was set back a little; when it was set
    /// back far, the true time.
    private long time() {
        long now = Timestamps.now();
        if (now <= lastTime && lastTime - now > SMALL_STEP_BACK) {
            InFlight state = inFlight;
            if (state != null) {
                state.noteDisorder();
            }
            lastTime = now;
        } else {
            lastTime = Math.max(now, lastTime + 1);
        }
        return lastTime;
    }

    private FileChannel rotate(FileChannel full) throws IOException {
        full.close();
        log = null;
        size = 0;
        FileChannel fresh = segments.rotate();
        log = fresh;
        return fresh;
    }

    private void fails(IOException e) {
        if (!failing) {
            failing = true;
            LOG.log(Level.ERROR, "output can't be logged and is lost: " + file, e);
        }
    }

    private void works() {
        if (failing) {
            failing = false;
            LOG.log(Level.INFO, "output is logged again: {0}", file);
        }
    }

    @Override
    public void commit() {
        InFlight state = inFlight;
        if (state != null) {
            state.commit();
        }
        lock.lock();
        try {
            sequence++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Drained recover(int outBytes, int errBytes) {
        if (!Files.exists(statePath())) {
            return Drained.NOTHING;
        }
        try {
            InFlight state = state();
            InFlight.Chunk chunk = state.chunk();
            if (chunk == null) {
                return Drained.NOTHING;
            }
            boolean err = chunk.stream() == StreamKind.STDERR;
            int there = err ? errBytes : outBytes;
            FileChannel channel = channel();
            if (there >= chunk.journalBytes()) {
                if (channel.size() > chunk.sizeBefore()) {
                    channel.truncate(chunk.sizeBefore());
                    size = chunk.sizeBefore();
                }
                state.commit();
                return Drained.NOTHING;
            }
            // Draining had begun, so the chunk was whole in the log.
            int rest = Math.max(0, there - (chunk.journalBytes() - chunk.chunkBytes()));
            if (rest == 0) {
                state.commit();
            }
            return err ? new Drained(0, rest) : new Drained(rest, 0);
        } catch (IOException e) {
            throw new Internal(
                    new Subject("log", ""), "recover " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void read(LogQuery query, LogSink sink, BooleanSupplier live) {
        JsonFileReader.read(segments, this::disorder, query, sink, live, this);
    }

    private boolean disorder() {
        try {
            return Files.exists(statePath()) && state().disorder();
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public void await(long seen, Duration limit) throws InterruptedException {
        lock.lock();
        try {
            if (sequence == seen) {
                boolean unused = changed.await(limit.toMillis(), TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private FileChannel channel() throws IOException {
        FileChannel open = log;
        if (open == null) {
            open = segments.append();
            LastRecord last = LastRecord.of(file);
            if (last.end() < open.size()) {
                open.truncate(last.end()); // a power cut came between
            }
            size = last.end();
            lastTime = Math.max(lastTime, last.nanos());
            log = open;
        }
        return open;
    }

    private synchronized InFlight state() throws IOException {
        InFlight open = inFlight;
        if (open == null) {
            open = InFlight.open(statePath());
            inFlight = open;
        }
        return open;
    }

    private Path statePath() {
        return file.resolveSibling(file.getFileName() + ".state");
    }

    @Override
    public void close() {
        signal();
        segments.close();
        try {
            if (log != null) {
                log.close();
            }
            log = null;
        } catch (IOException e) {
            throw new Internal(new Subject("log", ""), "close " + file + ": " + e.getMessage(), e);
        }
    }
}
