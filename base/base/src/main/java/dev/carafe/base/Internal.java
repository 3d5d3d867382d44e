package dev.carafe.base;

import org.jspecify.annotations.Nullable;

/// A fault of ours or of the system below; the cause says more.
public final class Internal extends CarafeException {
    public Internal(Subject subject, String message) {
        super(subject, message, null);
    }

    public Internal(Subject subject, String message, @Nullable Throwable cause) {
        super(subject, message, cause);
    }

    public Internal(String message) {
        super(Subject.NONE, message, null);
    }
}
