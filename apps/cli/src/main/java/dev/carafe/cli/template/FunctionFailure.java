package dev.carafe.cli.template;

/// Why a function refused its arguments; the caller adds the position.
final class FunctionFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Whether Go would say `error calling NAME: ` before the message.
    private final boolean inside;

    private FunctionFailure(String message, boolean inside) {
        super(message, null, false, false);
        this.inside = inside;
    }

    /// The function ran and failed.
    static FunctionFailure failed(String message) {
        return new FunctionFailure(message, true);
    }

    /// The function could not be called.
    static FunctionFailure refused(String message) {
        return new FunctionFailure(message, false);
    }

    boolean inside() {
        return inside;
    }
}
