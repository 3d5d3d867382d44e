package dev.carafe.dockerapi.http;

import dev.carafe.base.AlreadyExists;
import dev.carafe.base.Canceled;
import dev.carafe.base.CarafeException;
import dev.carafe.base.Conflict;
import dev.carafe.base.DataLoss;
import dev.carafe.base.DeadlineExceeded;
import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.NotImplemented;
import dev.carafe.base.NotModified;
import dev.carafe.base.PermissionDenied;
import dev.carafe.base.ResourceExhausted;
import dev.carafe.base.Unauthenticated;
import dev.carafe.base.Unavailable;

/// The one table from our errors to HTTP statuses, as dockerd's errdefs has it.
public final class Errors {
    private Errors() {}

    public static int status(Throwable error) {
        return error instanceof CarafeException e ? status(e) : 500;
    }

    /// What a client is shown.
    public static String message(Throwable error) {
        if (error instanceof CarafeException e) {
            return e.text();
        }
        String text = error.getMessage();
        return text == null || text.isEmpty() ? error.getClass().getSimpleName() : text;
    }

    private static int status(CarafeException error) {
        return switch (error) {
            case InvalidArgument e -> 400;
            case NotFound e -> 404;
            case AlreadyExists e -> 409;
            case Conflict e -> 409;
            case NotModified e -> 304;
            case PermissionDenied e -> 403;
            case Unauthenticated e -> 401;
            case Unavailable e -> 503;
            case NotImplemented e -> 501;
            case DeadlineExceeded e -> 500;
            case Canceled e -> 500;
            case ResourceExhausted e -> 500;
            case DataLoss e -> 500;
            case Internal e -> 500;
        };
    }
}
