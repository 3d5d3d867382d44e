package dev.carafe.base;

import org.jspecify.annotations.Nullable;

/// A part that is needed does not answer now; trying again may help.
public final class Unavailable extends CarafeException {
    public Unavailable(Subject subject, String message) {
        super(subject, message, null);
    }

    public Unavailable(Subject subject, String message, @Nullable Throwable cause) {
        super(subject, message, cause);
    }

    public Unavailable(String message) {
        super(Subject.NONE, message, null);
    }
}
