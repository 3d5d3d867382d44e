package dev.carafe.cli.session;

/// A command gives up: the sentence for standard error and the exit code.
public class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// The command's own code for failures: 1, or 125 for `run` and `create`.
    public static final int OF_THE_COMMAND = -1;

    private final int exitCode;

    public Failure(String message) {
        this(OF_THE_COMMAND, message);
    }

    /// @param message empty = say nothing
    public Failure(int exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }

    public String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
