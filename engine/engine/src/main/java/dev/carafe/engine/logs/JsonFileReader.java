package dev.carafe.engine.logs;

import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Reads a json-file log with its rotated files, oldest first.
public final class JsonFileReader {
    private static final int BLOCK = 1 << 16;
    private static final Duration NAP = Duration.ofSeconds(1);
    private final Path file;
    private final LogQuery query;
    private final LogSink sink;
    private boolean past;

    private JsonFileReader(Path file, LogQuery query, LogSink sink) {
        this.file = file;
        this.query = query;
        this.sink = sink;
    }

    /// @param live whether the process may still write
    /// @param writer of the same log: wakes a reader that follows
    public static void read(
            Path file, LogQuery query, LogSink sink, BooleanSupplier live, LogWriter writer) {
        try {
            new JsonFileReader(file, query, sink).read(live, writer);
        } catch (SinkGone e) {
            // The client has left: nobody is there to be told.
        } catch (IOException e) {
            throw new Internal(new Subject("log", ""), "read " + file + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class SinkGone extends RuntimeException {
        SinkGone(IOException cause) {
            super(cause);
        }
    }

    private void read(BooleanSupplier live, LogWriter writer)
            throws IOException, InterruptedException {
        List<FileChannel> files = open();
        try {
            if (query.tail() >= 0) {
                for (byte[] line : tail(files, query.tail())) {
                    give(line, 0, line.length);
                }
            } else {
                for (FileChannel channel : files) {
                    forward(channel);
                }
            }
            idle();
            if (query.follow() && !past) {
                follow(files, live, writer);
            }
        } finally {
            for (FileChannel channel : files) {
                channel.close();
            }
        }
    }

    /// Oldest first; the present file last.
    private List<FileChannel> open() throws IOException {
        Deque<FileChannel> files = new ArrayDeque<>();
        open(file, files);
        for (int i = 1; Files.exists(JsonFileLog.numbered(file, i)); i++) {
            open(JsonFileLog.numbered(file, i), files);
        }
        return new ArrayList<>(files);
    }

    private static void open(Path path, Deque<FileChannel> files) throws IOException {
        try {
            files.addFirst(FileChannel.open(path));
        } catch (NoSuchFileException e) {
            // Nothing was written yet, or it was rotated away this moment.
        }
    }

    private void follow(List<FileChannel> files, BooleanSupplier live, LogWriter writer)
            throws IOException, InterruptedException {
        while (!past) {
            long seen = writer.sequence();
            boolean alive = live.getAsBoolean();
            if (files.isEmpty()) {
                files.addAll(open());
            }
            boolean more = !files.isEmpty() && forward(files.getLast());
            if (!more && rotated(files)) {
                files.getLast().close();
                files.removeLast();
                files.add(FileChannel.open(file));
                continue;
            }
            if (more) {
                idle();
            } else if (!alive) {
                return;
            } else if (query.until() != null && Instant.now().isAfter(query.until())) {
                return;
            } else {
                writer.await(seen, NAP);
            }
        }
    }

    private boolean rotated(List<FileChannel> files) throws IOException {
        return !files.isEmpty()
                && Files.exists(file)
                && Files.size(file) < files.getLast().position();
    }

    /// Gives whole lines from the channel's position to its end.
    ///
    /// @return whether there was any
    private boolean forward(FileChannel channel) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        boolean any = false;
        while (!past && channel.read(block.clear()) > 0) {
            byte[] data = block.array();
            int from = 0;
            for (int i = 0; i < block.position() && !past; i++) {
                if (data[i] == '\n') {
                    if (rest.size() > 0) {
                        rest.write(data, from, i + 1 - from);
                        give(rest.toByteArray(), 0, rest.size());
                        rest.reset();
                    } else {
                        give(data, from, i + 1 - from);
                    }
                    from = i + 1;
                    any = true;
                }
            }
            rest.write(data, from, block.position() - from);
        }
        channel.position(channel.position() - rest.size());
        return any;
    }

    /// The last lines of all files, found from the end.
    private static List<byte[]> tail(List<FileChannel> files, int count) throws IOException {
        Deque<byte[]> lines = new ArrayDeque<>();
        for (int i = files.size() - 1; i >= 0; i--) {
            FileChannel channel = files.get(i);
            if (lines.size() < count) {
                tail(channel, count, lines);
            }
            channel.position(channel.size());
        }
        return new ArrayList<>(lines);
    }

    private static void tail(FileChannel channel, int count, Deque<byte[]> lines)
            throws IOException {
        long end = channel.size();
        byte[] after = new byte[0];
        boolean first = true;
        while (end > 0 && lines.size() < count) {
            int length = (int) Math.min(BLOCK, end);
            byte[] data = new byte[length + after.length];
            ByteBuffer block = ByteBuffer.wrap(data, 0, length);
            while (block.hasRemaining()
                    && channel.read(block, end - length + block.position()) > 0) {}
            System.arraycopy(after, 0, data, length, after.length);
            end -= length;
            int stop = data.length;
            for (int i = data.length - 2; i >= 0 && lines.size() < count; i--) {
                if (data[i] == '\n') {
                    add(data, i + 1, stop, first, lines);
                    first = false;
                    stop = i + 1;
                }
            }
            after = java.util.Arrays.copyOf(data, stop);
        }
        if (end == 0 && lines.size() < count && after.length > 0) {
            add(after, 0, after.length, first, lines);
        }
    }

    /// A last line without its end is being written this moment: it does not count.
    private static void add(byte[] data, int from, int to, boolean last, Deque<byte[]> lines) {
        if (!last || data[to - 1] == '\n') {
            lines.addFirst(java.util.Arrays.copyOfRange(data, from, to));
        }
    }

    private void give(byte[] data, int from, int length) {
        LogRecord record = RecordParser.parse(data, from, length);
        if (record == null || past) {
            return;
        }
        if (query.until() != null && record.time().isAfter(query.until())) {
            past = true;
            return;
        }
        boolean wanted = record.stream() == StreamKind.STDERR ? query.stderr() : query.stdout();
        boolean early = query.since() != null && record.time().isBefore(query.since());
        if (wanted && !early) {
            try {
                sink.accept(record);
            } catch (IOException e) {
                throw new SinkGone(e);
            }
        }
    }

    private void idle() {
        try {
            sink.idle();
        } catch (IOException e) {
            throw new SinkGone(e);
        }
    }
}
