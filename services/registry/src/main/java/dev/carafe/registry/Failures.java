package dev.carafe.registry;

import dev.carafe.base.CarafeException;
import dev.carafe.base.DeadlineExceeded;
import dev.carafe.base.Internal;
import dev.carafe.base.NotFound;
import dev.carafe.base.PermissionDenied;
import dev.carafe.base.Subject;
import dev.carafe.base.Unauthenticated;
import dev.carafe.base.Unavailable;
import dev.carafe.oci.ImageReference;
import dev.carafe.registry.http.Refused;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/// Turns what went wrong with a registry into our errors, in docker's sentences: clients show and
/// match them.
final class Failures {
    private Failures() {}

    /// A failed pull.
    static CarafeException pulling(ImageReference image, IOException failure) {
        Subject subject = new Subject("image", image.familiar());
        if (failure.getCause() instanceof CarafeException known) {
            return known;
        }
        if (failure instanceof Refused refused) {
            String text = text(refused);
            return switch (refused.code()) {
                case Refused.DENIED ->
                        new NotFound(
                                subject,
                                "pull access denied for "
                                        + image.familiarName()
                                        + ", repository does not exist or may require 'docker login': "
                                        + text,
                                failure);
                case Refused.MANIFEST_UNKNOWN ->
                        new NotFound(
                                subject,
                                "manifest for " + image.familiar() + " not found: " + text,
                                failure);
                case Refused.NAME_UNKNOWN ->
                        new NotFound(
                                subject,
                                "repository " + image.familiarName() + " not found: " + text,
                                failure);
                // not 401: the docker CLI would ask its user for a name and wait
                case Refused.UNAUTHORIZED, Refused.NO_CREDENTIALS ->
                        new Internal(subject, text, failure);
                default -> general(subject, failure);
            };
        }
        return general(subject, failure);
    }

    /// A failed push, login or question.
    static CarafeException general(Subject subject, IOException failure) {
        if (failure.getCause() instanceof CarafeException known) {
            return known;
        }
        if (failure instanceof Refused refused) {
            String text = text(refused);
            return switch (refused.code()) {
                case Refused.DENIED -> new PermissionDenied(subject, text, failure);
                case Refused.UNAUTHORIZED, Refused.NO_CREDENTIALS ->
                        new Unauthenticated(subject, text, failure);
                case Refused.MANIFEST_UNKNOWN, Refused.NAME_UNKNOWN ->
                        new NotFound(subject, text, failure);
                case "TOOMANYREQUESTS" -> new Unavailable(subject, text, failure);
                default -> new Internal(subject, text, failure);
            };
        }
        if (failure instanceof HttpTimeoutException) {
            return new DeadlineExceeded(subject, text(failure), failure);
        }
        return new Internal(subject, text(failure), failure);
    }

    private static String text(IOException failure) {
        String message = failure.getMessage();
        return message == null || message.isEmpty() ? failure.toString() : message;
    }

    /// The failure of a request, told as docker tells it: `Get "https://reg/v2/": dial tcp ...`.
    /// The answer of a server is left as it is.
    static IOException asked(String method, URI uri, IOException failure) {
        if (failure instanceof Refused refused) {
            return refused.unsent()
                    ? refused.told(asking(method, uri) + refused.getMessage())
                    : failure;
        }
        if (failure.getCause() instanceof CarafeException) {
            return failure;
        }
        String why = why(uri, failure, root(failure));
        return failure instanceof HttpTimeoutException
                ? new HttpTimeoutException(asking(method, uri) + why)
                : new Unreachable(asking(method, uri) + why, failure);
    }

    private static String asking(String method, URI uri) {
        String shown = method.charAt(0) + method.substring(1).toLowerCase(Locale.ROOT);
        return shown + " \"" + uri + "\": ";
    }

    private static Throwable root(Throwable failure) {
        Throwable at = failure;
        for (Throwable cause = at.getCause(); cause != null && cause != at; cause = at.getCause()) {
            at = cause;
        }
        return at;
    }

    private static String why(URI uri, Throwable failure, Throwable root) {
        if (failure instanceof HttpTimeoutException) {
            return "context deadline exceeded (" + failure.getMessage() + ")";
        }
        if (root instanceof UnresolvedAddressException || root instanceof UnknownHostException) {
            return "dial tcp: lookup " + uri.getHost() + ": no such host";
        }
        if (failure instanceof ConnectException || root instanceof NoRouteToHostException) {
            @Nullable String message = root.getMessage();
            String reason =
                    message == null
                                    || message.toLowerCase(Locale.ROOT).contains("refused")
                                    || root instanceof ClosedChannelException
                            ? "connection refused"
                            : message;
            return "dial tcp " + uri.getHost() + ":" + port(uri) + ": connect: " + reason;
        }
        if (failure instanceof SSLHandshakeException || failure instanceof SSLException) {
            String message = String.valueOf(failure.getMessage());
            return message.contains("Unsupported or unrecognized SSL message")
                    ? "http: server gave HTTP response to HTTPS client"
                    : "tls: failed to verify certificate: x509: " + message;
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
    }

    /// No answer came.
    static final class Unreachable extends IOException {
        Unreachable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
