package dev.carafe.engine.logs;

import dev.carafe.base.ByteSize;
import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A log in Docker's json-file format, with rotation by `max-size` and `max-file`. Beside it lies
/// `<log>.state`, a few numbers about the chunk in flight: it needs to survive a killed process,
/// not a power cut, so nothing is synced.
///
/// Files are opened at the first chunk: a container that never ran has none.
public final class JsonFileLog implements LogWriter {
    private static final int STATE_BYTES = 32;
    private final Path file;
    private final long maxBytes;
    private final int maxFiles;
    private final JsonLines lines = new JsonLines();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable FileChannel log;
    private @Nullable FileChannel state;
    private long size;
    private volatile long sequence;

    private JsonFileLog(Path file, long maxBytes, int maxFiles) {
        this.file = file;
        this.maxBytes = maxBytes;
        this.maxFiles = maxFiles;
    }

    /// @param options Docker's: `max-size` (`10m`; -1: no limit), `max-file`
    /// @throws InvalidArgument an option is unknown or no number
    public static JsonFileLog open(Path file, Map<String, String> options) {
        long maxBytes = -1;
        int maxFiles = 1;
        for (Map.Entry<String, String> option : options.entrySet()) {
            switch (option.getKey()) {
                case "max-size" ->
                        maxBytes =
                                option.getValue().equals("-1")
                                        ? -1
                                        : ByteSize.parse(option.getValue()).bytes();
                case "max-file" -> maxFiles = number(option.getValue());
                case "compress",
                        "labels",
                        "labels-regex",
                        "env",
                        "env-regex",
                        "tag",
                        "mode",
                        "max-buffer-size" -> {}
                default ->
                        throw new InvalidArgument(
                                "unknown log opt '"
                                        + option.getKey()
                                        + "' for json-file log driver");
            }
        }
        return new JsonFileLog(file, maxBytes, maxFiles);
    }

    private static int number(String text) {
        try {
            int n = Integer.parseInt(text);
            if (n >= 1) {
                return n;
            }
        } catch (NumberFormatException e) {
            // falls through to the sentence below
        }
        throw new InvalidArgument("max-file must be a number of at least 1: " + text);
    }

    @Override
    public boolean keeps() {
        return true;
    }

    @Override
    public void begin(StreamKind stream, int journalBytes, int chunkBytes) {
        try {
            channel();
            rotateWhenFull();
            writeState(stream == StreamKind.STDERR ? 2 : 1, journalBytes, chunkBytes);
        } catch (IOException e) {
            throw failed("note what comes to " + file, e);
        }
    }

    @Override
    public void write(StreamKind stream, byte[] data, int from, int to) {
        lines.encode(stream, data, from, to, Instant.now());
        try {
            ByteBuffer buffer = ByteBuffer.wrap(lines.bytes(), 0, lines.length());
            FileChannel channel = channel();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            size += lines.length();
        } catch (IOException e) {
            throw failed("write " + file, e);
        }
    }

    @Override
    public void commit() {
        try {
            writeState(0, 0, 0);
        } catch (IOException e) {
            throw failed("note what came to " + file, e);
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
    public void recover(int outBytes, int errBytes) {
        if (!Files.exists(statePath())) {
            return;
        }
        try {
            FileChannel channel = channel();
            ByteBuffer buffer = ByteBuffer.allocate(STATE_BYTES);
            if (stateChannel().read(buffer, 0) < STATE_BYTES) {
                return;
            }
            long before = buffer.getLong(0);
            int stream = buffer.getInt(8);
            int journal = buffer.getInt(12);
            int there = stream == 2 ? errBytes : outBytes;
            if (stream != 0 && there == journal && channel.size() > before) {
                channel.truncate(before);
                size = before;
            }
            writeState(0, 0, 0);
        } catch (IOException e) {
            throw failed("recover " + file, e);
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

    /// At a chunk's border only, so that the state always speaks of the present file.
    private void rotateWhenFull() throws IOException {
        if (maxBytes < 0 || size < maxBytes) {
            return;
        }
        channel().close();
        log = null;
        if (maxFiles == 1) {
            Files.deleteIfExists(file);
        } else {
            for (int i = maxFiles - 1; i > 1; i--) {
                Path older = numbered(file, i - 1);
                if (Files.exists(older)) {
                    Files.move(older, numbered(file, i), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Files.move(file, numbered(file, 1), StandardCopyOption.REPLACE_EXISTING);
        }
        channel();
    }

    static Path numbered(Path file, int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    private FileChannel channel() throws IOException {
        FileChannel open = log;
        if (open == null) {
            open =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND,
                            StandardOpenOption.WRITE);
            size = open.size();
            log = open;
        }
        return open;
    }

    private FileChannel stateChannel() throws IOException {
        FileChannel open = state;
        if (open == null) {
            open =
                    FileChannel.open(
                            statePath(),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            state = open;
        }
        return open;
    }

    private Path statePath() {
        return file.resolveSibling(file.getFileName() + ".state");
    }

    private void writeState(int stream, int journalBytes, int chunkBytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(STATE_BYTES);
        buffer.putLong(size).putInt(stream).putInt(journalBytes).putInt(chunkBytes).rewind();
        stateChannel().write(buffer, 0);
    }

    @Override
    public void close() {
        signal();
        try {
            if (log != null) {
                log.close();
            }
            if (state != null) {
                state.close();
            }
            log = null;
            state = null;
        } catch (IOException e) {
            throw failed("close " + file, e);
        }
    }

    private static Internal failed(String what, IOException e) {
        return new Internal(new Subject("log", ""), what + ": " + e.getMessage(), e);
    }
}
