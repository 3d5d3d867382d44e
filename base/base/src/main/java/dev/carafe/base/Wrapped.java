package dev.carafe.base;

/// Errors that say what was being done as well, and stay of their kind.
public final class Wrapped {
    private Wrapped() {}

    /// The same error with `what: ` before its message.
    public static CarafeException in(String what, CarafeException e) {
        Subject subject = e.subject();
        String text = what + ": " + e.text();
        return switch (e) {
            case InvalidArgument it -> new InvalidArgument(subject, text, it);
            case NotFound it -> new NotFound(subject, text, it);
            case AlreadyExists it -> new AlreadyExists(subject, text, it);
            case Conflict it -> new Conflict(subject, text, it);
            case NotModified it -> new NotModified(subject, text, it);
            case PermissionDenied it -> new PermissionDenied(subject, text, it);
            case Unauthenticated it -> new Unauthenticated(subject, text, it);
            case Unavailable it -> new Unavailable(subject, text, it);
            case DeadlineExceeded it -> new DeadlineExceeded(subject, text, it);
            case Canceled it -> new Canceled(subject, text, it);
            case NotImplemented it -> new NotImplemented(subject, text, it);
            case ResourceExhausted it -> new ResourceExhausted(subject, text, it);
            case DataLoss it -> new DataLoss(subject, text, it);
            case Internal it -> new Internal(subject, text, it);
        };
    }
}
