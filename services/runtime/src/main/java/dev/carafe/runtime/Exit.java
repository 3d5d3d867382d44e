package dev.carafe.runtime;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a process ended.
///
/// @param code 0 to 255; 128 + signal when a signal ended it
/// @param signal that signal, else null
/// @param userMicros CPU time of the process and its waited-for children
public record Exit(
        int code,
        @Nullable Integer signal,
        Instant finishedAt,
        long userMicros,
        long systemMicros) {}
