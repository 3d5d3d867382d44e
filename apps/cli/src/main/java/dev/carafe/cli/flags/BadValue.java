package dev.carafe.cli.flags;

/// A value that a flag does not accept. The message says why, in the words of Docker's command
/// line.
public final class BadValue extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadValue(String message) {
        super(message, null, false, false);
    }
}
