package dev.carafe.build.steps;

/// The command of a RUN step ended with another code than 0.
public final class StepFailed extends RuntimeException {
    private final int code;
    private final String command;

    /// @param command its words with spaces between
    public StepFailed(int code, String command) {
        super("The command '" + command + "' returned a non-zero code: " + code);
        this.code = code;
        this.command = command;
    }

    public int code() {
        return code;
    }

    /// The classic builder's sentence.
    public String text() {
        return String.valueOf(getMessage());
    }

    /// BuildKit's sentence.
    public String process() {
        return "process \"" + command + "\" did not complete successfully: exit code: " + code;
    }
}
