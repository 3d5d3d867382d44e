package dev.carafe.base;

import org.jspecify.annotations.Nullable;

/// Disk, memory, addresses or another limited thing ran out.
public final class ResourceExhausted extends CarafeException {
    public ResourceExhausted(Subject subject, String message) {
        super(subject, message, null);
    }

    public ResourceExhausted(Subject subject, String message, @Nullable Throwable cause) {
        super(subject, message, cause);
    }

    public ResourceExhausted(String message) {
        super(Subject.NONE, message, null);
    }
}
