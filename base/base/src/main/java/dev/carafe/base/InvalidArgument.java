package dev.carafe.base;

import org.jspecify.annotations.Nullable;

/// The caller asked for something that can never be: a bad name, a bad option, an unreadable
/// archive.
public final class InvalidArgument extends CarafeException {
    public InvalidArgument(Subject subject, String message) {
        super(subject, message, null);
    }

    public InvalidArgument(Subject subject, String message, @Nullable Throwable cause) {
        super(subject, message, cause);
    }

    public InvalidArgument(String message) {
        super(Subject.NONE, message, null);
    }
}
