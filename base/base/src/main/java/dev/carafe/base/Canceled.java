package dev.carafe.base;

import org.jspecify.annotations.Nullable;

/// The caller went away or asked to stop.
public final class Canceled extends CarafeException {
    public Canceled(Subject subject, String message) {
        super(subject, message, null);
    }

    public Canceled(Subject subject, String message, @Nullable Throwable cause) {
        super(subject, message, cause);
    }

    public Canceled(String message) {
        super(Subject.NONE, message, null);
    }
}
