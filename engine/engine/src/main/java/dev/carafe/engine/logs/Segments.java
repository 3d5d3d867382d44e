package dev.carafe.engine.logs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The files of one log: the present one, and older ones numbered from 1, gzipped or not. Readers
/// and the writer meet here, so that a reader finds its place again however often the files were
/// renamed meanwhile. Thread-safe.
final class Segments implements AutoCloseable {
    private final Path file;
    private final LogFileOptions options;
    private final ReentrantLock lock = new ReentrantLock();
    private final Compressor compressor;
    private long rotations;

    Segments(Path file, LogFileOptions options) {
        this.file = file;
        this.options = options;
        this.compressor = new Compressor(this);
    }

    /// Files of one moment, oldest first; the present one is the last.
    ///
    /// @param rotations how often the log had been rotated
    record Opened(List<Segment> segments, long rotations) {}

    Path file() {
        return file;
    }

    /// Appends wherever the end is: administrators empty such files under their writers.
    FileChannel append() throws IOException {
        return FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND,
                StandardOpenOption.WRITE);
    }

    /// All there is.
    Opened open() throws IOException {
        return open(options.maxFiles() - 1);
    }

    /// Those that have begun since the rotation of this count; empty when there are none.
    Opened openNewer(long since) throws IOException {
        lock.lock();
        try {
            return rotations == since
                    ? new Opened(List.of(), since)
                    : open((int) Math.min(options.maxFiles() - 1L, rotations - since - 1));
        } finally {
            lock.unlock();
        }
    }

    private Opened open(int oldest) throws IOException {
        List<Segment> segments = new ArrayList<>();
        lock.lock();
        try {
            for (int i = oldest; i >= 0; i--) {
                Segment segment = open(numbered(i), packed(i));
                if (segment != null) {
                    segments.add(segment);
                }
            }
            return new Opened(segments, rotations);
        } catch (IOException e) {
            for (Segment segment : segments) {
                segment.close();
            }
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private static @Nullable Segment open(Path plain, Path packed) throws IOException {
        try {
            return Segment.open(plain, false);
        } catch (NoSuchFileException e) {
            try {
                return Segment.open(packed, true);
            } catch (NoSuchFileException none) {
                return null; // nothing was written yet, or a crash came between two renames
            }
        }
    }

    /// The present file becomes the newest of the old ones, the oldest goes.
    ///
    /// @return the new one, open for appending
    FileChannel rotate() throws IOException {
        lock.lock();
        try {
            int last = options.maxFiles() - 1;
            Files.deleteIfExists(numbered(last));
            Files.deleteIfExists(packed(last));
            for (int i = last - 1; i >= 0; i--) {
                move(numbered(i), numbered(i + 1));
                move(packed(i), packed(i + 1));
            }
            rotations++;
            if (options.compress() && last > 0) {
                compressor.add(rotations);
            }
            return append();
        } finally {
            lock.unlock();
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            // there is none of this number
        }
    }

    /// The file that the rotation of this count made, while it is there.
    @Nullable Segment openRotated(long count) throws IOException {
        lock.lock();
        try {
            int number = number(count);
            return number < options.maxFiles() && Files.exists(numbered(number))
                    ? Segment.open(numbered(number), false)
                    : null;
        } finally {
            lock.unlock();
        }
    }

    /// Puts the packed form in the place of the file that the rotation of this count made.
    void replaceRotated(long count, Path packed) throws IOException {
        lock.lock();
        try {
            int number = number(count);
            if (number < options.maxFiles() && Files.exists(numbered(number))) {
                Files.move(packed, packed(number), StandardCopyOption.ATOMIC_MOVE);
                Files.deleteIfExists(numbered(number));
            } else {
                Files.deleteIfExists(packed);
            }
        } finally {
            lock.unlock();
        }
    }

    private int number(long count) {
        return (int) Math.min(Integer.MAX_VALUE, rotations - count + 1);
    }

    Path numbered(int number) {
        return number == 0 ? file : file.resolveSibling(file.getFileName() + "." + number);
    }

    private Path packed(int number) {
        return file.resolveSibling(file.getFileName() + "." + number + ".gz");
    }

    /// Waits for a compression under way to be given up.
    @Override
    public void close() {
        compressor.close();
    }
}
