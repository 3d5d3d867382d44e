package dev.carafe.base;

import org.jspecify.annotations.Nullable;

/// Not allowed for this caller or this kind of thing.
public final class PermissionDenied extends CarafeException {
    public PermissionDenied(Subject subject, String message) {
        super(subject, message, null);
    }

    public PermissionDenied(Subject subject, String message, @Nullable Throwable cause) {
        super(subject, message, cause);
    }

    public PermissionDenied(String message) {
        super(Subject.NONE, message, null);
    }
}
