package dev.carafe.engine.logs;

/// Which of a process' streams.
public enum StreamKind {
    STDIN,
    STDOUT,
    STDERR
}
