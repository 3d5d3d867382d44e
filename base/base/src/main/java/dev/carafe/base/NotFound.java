package dev.carafe.base;

import org.jspecify.annotations.Nullable;

/// The thing named does not exist.
public final class NotFound extends CarafeException {
    public NotFound(Subject subject, String message) {
        super(subject, message, null);
    }

    public NotFound(Subject subject, String message, @Nullable Throwable cause) {
        super(subject, message, cause);
    }

    public NotFound(String message) {
        super(Subject.NONE, message, null);
    }
}
