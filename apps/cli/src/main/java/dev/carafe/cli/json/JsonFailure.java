package dev.carafe.cli.json;

/// The text is not JSON. The message says where.
public final class JsonFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JsonFailure(String message) {
        super(message);
    }
}
