package dev.carafe.base;

import org.jspecify.annotations.Nullable;

/// The thing exists, and its state forbids what was asked: stop it, unpause it, free it first.
public final class Conflict extends CarafeException {
    public Conflict(Subject subject, String message) {
        super(subject, message, null);
    }

    public Conflict(Subject subject, String message, @Nullable Throwable cause) {
        super(subject, message, cause);
    }

    public Conflict(String message) {
        super(Subject.NONE, message, null);
    }
}
