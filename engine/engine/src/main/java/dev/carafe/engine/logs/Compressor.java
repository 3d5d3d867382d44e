package dev.carafe.engine.logs;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Gzips rotated files of one log, one after the other, on a platform thread of low priority that
/// exists while there is something to do: a virtual one would keep its carrier for seconds.
final class Compressor implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Compressor.class.getName());
    private static final int BLOCK = 1 << 16;
    private final Segments segments;
    private final Deque<Long> waiting = new ArrayDeque<>();
    private @Nullable Thread thread;
    private volatile boolean closed;

    Compressor(Segments segments) {
        this.segments = segments;
    }

    /// Compresses the file that the rotation of this count made, soon.
    synchronized void add(long count) {
        if (closed) {
            return;
        }
        waiting.add(count);
        if (thread == null) {
            thread =
                    Thread.ofPlatform()
                            .name("compress-log")
                            .daemon()
                            .priority(Thread.MIN_PRIORITY)
                            .start(this::run);
        }
    }

    private synchronized @Nullable Long next() {
        Long count = closed ? null : waiting.poll();
        if (count == null) {
            thread = null;
        }
        return count;
    }

    private void run() {
        for (Long count = next(); count != null; count = next()) {
            try {
                compress(count);
            } catch (IOException e) {
                LOG.log(Level.WARNING, "a rotated log stays as it is: " + segments.file(), e);
            }
        }
    }

    private void compress(long count) throws IOException {
        Path file = segments.file();
        Path packed = file.resolveSibling(file.getFileName() + ".gz.tmp");
        try (Segment from = segments.openRotated(count)) {
            if (from == null) {
                return;
            }
            if (pack(from.records(), packed)) {
                segments.replaceRotated(count, packed);
            }
        } finally {
            Files.deleteIfExists(packed);
        }
    }

    /// @return whether it is whole
    private boolean pack(FileChannel from, Path to) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(to), BLOCK)) {
            while (from.read(block.clear()) > 0) {
                if (closed) {
                    return false;
                }
                out.write(block.array(), 0, block.position());
            }
        }
        return true;
    }

    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            closed = true;
            running = thread;
        }
        try {
            if (running != null) {
                running.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
