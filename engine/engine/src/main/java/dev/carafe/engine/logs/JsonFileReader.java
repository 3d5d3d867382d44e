package dev.carafe.engine.logs;

import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/// Reads a json-file log with its rotated files, oldest first. What a reader has opened stays its
/// own, and {@link Segments} tells it how often the log was rotated since: it misses nothing unless
/// it falls behind by all the files that are kept.
final class JsonFileReader implements AutoCloseable {
    private static final Duration NAP = Duration.ofSeconds(1);
    private final Segments segments;
    private final LogQuery query;
    private final LogSink sink;
    private final long since;
    private final long until;
    private final Deque<Segment> opened = new ArrayDeque<>();
    private long rotations;
    private boolean past;

    private JsonFileReader(Segments segments, LogQuery query, LogSink sink) {
        this.segments = segments;
        this.query = query;
        this.sink = sink;
        this.since = query.since() == null ? Long.MIN_VALUE : Timestamps.nanos(query.since());
        this.until = query.until() == null ? Long.MAX_VALUE : Timestamps.nanos(query.until());
    }

    /// @param disorder whether the records' times may fall
    /// @param live whether the process may still write
    /// @param writer of the same log: wakes a reader that follows
    static void read(
            Segments segments,
            BooleanSupplier disorder,
            LogQuery query,
            LogSink sink,
            BooleanSupplier live,
            LogWriter writer) {
        try (JsonFileReader reader = new JsonFileReader(segments, query, sink)) {
            reader.read(disorder, live, writer);
        } catch (SinkGone e) {
            // The client has left: nobody is there to be told.
        } catch (IOException e) {
            throw new Internal(
                    new Subject("log", ""), "read " + segments.file() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class SinkGone extends RuntimeException {
        SinkGone(IOException cause) {
            super(cause);
        }
    }

    private void read(BooleanSupplier disorder, BooleanSupplier live, LogWriter writer)
            throws IOException, InterruptedException {
        Segments.Opened now = segments.open();
        opened.addAll(now.segments());
        rotations = now.rotations();
        Lines last =
                through(
                        query.tail() >= 0
                                ? skipToTail()
                                : disorder.getAsBoolean() ? 0 : skipToTime());
        idle();
        if (query.follow() && !past) {
            follow(last, live, writer);
        }
    }

    /// Gives what the opened files have, from this place in the first one on.
    ///
    /// @return the place in the present file
    private Lines through(long begin) throws IOException {
        Lines lines = Lines.NONE;
        long from = begin;
        while (!opened.isEmpty()) {
            lines = new Lines(opened.getFirst().records(), from);
            from = 0;
            give(lines);
            if (opened.size() == 1) {
                break;
            }
            opened.removeFirst().close();
        }
        return lines;
    }

    /// Drops whole files before the last lines.
    ///
    /// @return where these begin in the first file left
    private long skipToTail() throws IOException {
        int missing = query.tail();
        Deque<Segment> kept = new ArrayDeque<>();
        long begin = 0;
        while (!opened.isEmpty() && (missing > 0 || kept.isEmpty())) {
            Segment segment = opened.removeLast();
            kept.addFirst(segment);
            Places.Tail tail = Places.tail(segment.records(), missing);
            missing -= tail.found();
            begin = tail.begin();
        }
        close();
        opened.addAll(kept);
        return begin;
    }

    private long skipToTime() throws IOException {
        if (since == Long.MIN_VALUE || opened.isEmpty()) {
            return 0;
        }
        // A file can be left out when the next one begins before the time.
        while (opened.size() > 1) {
            Segment first = opened.removeFirst();
            if (Places.firstTime(opened.getFirst().records()) > since) {
                opened.addFirst(first);
                break;
            }
            first.close();
        }
        return Places.since(opened.getFirst().records(), since);
    }

    private void follow(Lines present, BooleanSupplier live, LogWriter writer)
            throws IOException, InterruptedException {
        Lines lines = present;
        while (!past) {
            long seen = writer.sequence();
            boolean alive = live.getAsBoolean();
            boolean any = give(lines);
            Segments.Opened newer =
                    segments.openNewer(opened.isEmpty() ? rotations - 1 : rotations);
            if (!newer.segments().isEmpty() || newer.rotations() != rotations) {
                give(lines); // all that the rotation has left in it
                lines = turnTo(newer);
                continue;
            }
            if (any) {
                idle();
            } else if (!alive || Timestamps.now() > until) {
                return;
            } else {
                writer.await(seen, NAP);
            }
        }
    }

    /// Reads the files that came since, and stays in the last.
    private Lines turnTo(Segments.Opened newer) throws IOException {
        close();
        opened.addAll(newer.segments());
        rotations = newer.rotations();
        return through(0);
    }

    /// Gives whole lines from the place on.
    ///
    /// @return whether there was any
    private boolean give(Lines lines) throws IOException {
        boolean any = false;
        while (!past && lines.next()) {
            any = true;
            LogRecord record = RecordParser.parse(lines.data(), lines.from(), lines.to());
            if (record != null && wanted(record)) {
                try {
                    sink.accept(record);
                } catch (IOException e) {
                    throw new SinkGone(e);
                }
            }
        }
        return any;
    }

    private boolean wanted(LogRecord record) {
        if (since != Long.MIN_VALUE || until != Long.MAX_VALUE) {
            long time = record.nanos();
            if (time > until) {
                past = true;
            }
            if (past || time < since) {
                return false;
            }
        }
        return record.stream() == StreamKind.STDERR ? query.stderr() : query.stdout();
    }

    private void idle() {
        try {
            sink.idle();
        } catch (IOException e) {
            throw new SinkGone(e);
        }
    }

    @Override
    public void close() throws IOException {
        while (!opened.isEmpty()) {
            opened.removeFirst().close();
        }
    }
}
