package dev.carafe.build.steps;

/// The command of a RUN step ended with another code than 0.
public final class StepFailed extends RuntimeException {
    private final int code;

    /// @param message docker's sentence
    public StepFailed(int code, String message) {
        super(message);
        this.code = code;
    }

    public int code() {
        return code;
    }

    /// The sentence, never null.
    public String text() {
        return String.valueOf(getMessage());
    }
}
