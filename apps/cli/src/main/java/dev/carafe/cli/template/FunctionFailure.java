package dev.carafe.cli.template;

import org.jspecify.annotations.Nullable;

/// Why a function refused its arguments; the caller adds the position.
final class FunctionFailure extends RuntimeException {
    /// Stands in a message for the source text of the first argument.
    static final String FIRST_ARGUMENT = "\0";

    private static final long serialVersionUID = 1L;

    private final boolean inside;
    private final int argument;
    private final String expected;

    private FunctionFailure(String message, boolean inside, int argument, String expected) {
        super(message, null, false, false);
        this.inside = inside;
        this.argument = argument;
        this.expected = expected;
    }

    /// The function ran and failed.
    static FunctionFailure failed(String message) {
        return new FunctionFailure(message, true, -1, "");
    }

    /// The function could not be called.
    static FunctionFailure refused(String message) {
        return new FunctionFailure(message, false, -1, "");
    }

    /// An argument is of the wrong type.
    static FunctionFailure argument(int at, String expected, @Nullable Object value) {
        String message =
                value == null
                        ? "invalid value; expected " + expected
                        : "wrong type for value; expected "
                                + expected
                                + "; got "
                                + GoValues.typeName(value);
        return new FunctionFailure(message, false, at, expected);
    }

    /// Whether Go would say `error calling NAME: ` before the message.
    boolean inside() {
        return inside;
    }

    /// Which argument is wrong; -1 when it is no matter of one argument.
    int argument() {
        return argument;
    }

    /// The type's name as Go says it about a literal.
    String expected() {
        return expected.equals("int") ? "integer" : expected;
    }

    String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
