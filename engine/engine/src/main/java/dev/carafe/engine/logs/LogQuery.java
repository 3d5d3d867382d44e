package dev.carafe.engine.logs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which part of a log to read.
///
/// @param tail the last so many records; -1: all
/// @param follow keep reading until the container ends
public record LogQuery(
        boolean stdout,
        boolean stderr,
        boolean follow,
        @Nullable Instant since,
        @Nullable Instant until,
        int tail,
        boolean timestamps,
        boolean details) {

    public static LogQuery all() {
        return new LogQuery(true, true, false, null, null, -1, false, false);
    }

    public LogQuery following() {
        return new LogQuery(stdout, stderr, true, since, until, tail, timestamps, details);
    }

    public LogQuery withTail(int tail) {
        return new LogQuery(stdout, stderr, follow, since, until, tail, timestamps, details);
    }

    public LogQuery withSince(Instant since) {
        return new LogQuery(stdout, stderr, follow, since, until, tail, timestamps, details);
    }

    public LogQuery withUntil(Instant until) {
        return new LogQuery(stdout, stderr, follow, since, until, tail, timestamps, details);
    }
}
