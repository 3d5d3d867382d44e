package dev.carafe.base;

import org.jspecify.annotations.Nullable;

/// A wait ended at its deadline.
public final class DeadlineExceeded extends CarafeException {
    public DeadlineExceeded(Subject subject, String message) {
        super(subject, message, null);
    }

    public DeadlineExceeded(Subject subject, String message, @Nullable Throwable cause) {
        super(subject, message, cause);
    }

    public DeadlineExceeded(String message) {
        super(Subject.NONE, message, null);
    }
}
