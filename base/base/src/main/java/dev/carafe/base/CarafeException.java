package dev.carafe.base;

import org.jspecify.annotations.Nullable;

/// The one error family of every room. A room translates what it meets (errno, IOException) at its
/// own edge, once, into one of these and says what it was doing; fronts map each class to a status
/// in one table.
public abstract sealed class CarafeException extends RuntimeException
        permits InvalidArgument,
                NotFound,
                AlreadyExists,
                Conflict,
                NotModified,
                PermissionDenied,
                Unauthenticated,
                Unavailable,
                DeadlineExceeded,
                Canceled,
                NotImplemented,
                ResourceExhausted,
                DataLoss,
                Internal {
    private final transient Subject subject;

    CarafeException(Subject subject, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.subject = subject;
    }

    /// What the error is about; {@link Subject#NONE} when it is about no single thing.
    public final Subject subject() {
        return subject;
    }

    /// The message, never null.
    public final String text() {
        String message = getMessage();
        return message == null ? getClass().getSimpleName() : message;
    }
}
