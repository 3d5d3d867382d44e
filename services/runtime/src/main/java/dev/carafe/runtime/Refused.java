package dev.carafe.runtime;

/// A runtime that is a program of its own ended with an error; what it says about it is in its log.
final class Refused extends RuntimeException {
    private final int status;

    /// @param status as of wait(2)
    Refused(int status) {
        super(
                (status & 0x7f) != 0
                        ? "signal: " + (status & 0x7f)
                        : "exit status " + (status >> 8 & 0xff));
        this.status = status;
    }

    int status() {
        return status;
    }
}
