package dev.carafe.base;

import org.jspecify.annotations.Nullable;

/// Nothing to do: the thing is already as asked (start of a running container).
public final class NotModified extends CarafeException {
    public NotModified(Subject subject, String message) {
        super(subject, message, null);
    }

    public NotModified(Subject subject, String message, @Nullable Throwable cause) {
        super(subject, message, cause);
    }

    public NotModified(String message) {
        super(Subject.NONE, message, null);
    }
}
