package dev.carafe.base;

import org.jspecify.annotations.Nullable;

/// Stored data is damaged or does not match its digest.
public final class DataLoss extends CarafeException {
    public DataLoss(Subject subject, String message) {
        super(subject, message, null);
    }

    public DataLoss(Subject subject, String message, @Nullable Throwable cause) {
        super(subject, message, cause);
    }

    public DataLoss(String message) {
        super(Subject.NONE, message, null);
    }
}
