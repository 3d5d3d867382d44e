package dev.carafe.engine.streams;

/// Which of a process' streams.
public enum StreamKind {
    STDIN,
    STDOUT,
    STDERR
}
