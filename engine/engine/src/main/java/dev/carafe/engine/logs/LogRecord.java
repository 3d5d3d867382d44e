package dev.carafe.engine.logs;

import java.time.Instant;
import java.util.Map;

/// One line of a container's output, or a part of a very long one.
///
/// @param line as the process wrote it, with its newline if it had one
/// @param attributes those that the log driver was asked to keep (`labels`, `env` options)
public record LogRecord(
        Instant time, StreamKind stream, byte[] line, Map<String, String> attributes) {}
