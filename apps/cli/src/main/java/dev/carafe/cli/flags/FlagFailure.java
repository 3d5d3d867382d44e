package dev.carafe.cli.flags;

/// The command line can't be understood. The message is Cobra's sentence.
public final class FlagFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FlagFailure(String message) {
        super(message, null, false, false);
    }
}
