package dev.carafe.base;

import org.jspecify.annotations.Nullable;

/// The name is taken.
public final class AlreadyExists extends CarafeException {
    public AlreadyExists(Subject subject, String message) {
        super(subject, message, null);
    }

    public AlreadyExists(Subject subject, String message, @Nullable Throwable cause) {
        super(subject, message, cause);
    }

    public AlreadyExists(String message) {
        super(Subject.NONE, message, null);
    }
}
