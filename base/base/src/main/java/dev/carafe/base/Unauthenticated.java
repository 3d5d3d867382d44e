package dev.carafe.base;

import org.jspecify.annotations.Nullable;

/// Credentials are missing or wrong.
public final class Unauthenticated extends CarafeException {
    public Unauthenticated(Subject subject, String message) {
        super(subject, message, null);
    }

    public Unauthenticated(Subject subject, String message, @Nullable Throwable cause) {
        super(subject, message, cause);
    }

    public Unauthenticated(String message) {
        super(Subject.NONE, message, null);
    }
}
