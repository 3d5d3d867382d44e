package dev.carafe.engine.logs.ship;

import java.time.Instant;

/// One line of a container's output on its way out.
///
/// @param error it came from stderr
/// @param line without its newline
/// @param whole false for a part of a very long line that goes on in the next message
/// @param number counts a container's messages, from 1
public record Message(boolean error, byte[] line, Instant time, boolean whole, long number) {
    private static final int ERR = 3;
    private static final int INFO = 6;

    /// The severity by syslog's numbers: `err` for stderr, `info` for stdout.
    int severity() {
        return error ? ERR : INFO;
    }
}
