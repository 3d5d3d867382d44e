package dev.carafe.engine.logs;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which part of a log to read.
///
/// @param tail the last so many records; -1: all
/// @param follow keep reading until the container ends
@RecordBuilder
public record LogQuery(
        boolean stdout,
        boolean stderr,
        boolean follow,
        @Nullable Instant since,
        @Nullable Instant until,
        int tail,
        boolean timestamps,
        boolean details)
        implements LogQueryBuilder.With {

    public static LogQuery all() {
        return new LogQuery(true, true, false, null, null, -1, false, false);
    }

    public LogQuery following() {
        return withFollow(true);
    }
}
