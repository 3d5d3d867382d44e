package dev.carafe.base;

import org.jspecify.annotations.Nullable;

/// Known, and not (yet) offered.
public final class NotImplemented extends CarafeException {
    public NotImplemented(Subject subject, String message) {
        super(subject, message, null);
    }

    public NotImplemented(Subject subject, String message, @Nullable Throwable cause) {
        super(subject, message, cause);
    }

    public NotImplemented(String message) {
        super(Subject.NONE, message, null);
    }
}
